import { Menu } from '@mantine/core'
import { IconBuildingStore, IconCheck, IconPlus } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCabinetList } from '../data/cabinets.ts'
import { useIsOwner } from '../data/session.ts'

/** Whose chats are on the screen: of all cabinets, or of one. */
export function CabinetSwitcher() {
  const { t } = useTranslation('desk')
  const cabinets = useCabinetList()
  const { cabinetId } = useSearch({ strict: false })
  const navigate = useNavigate()
  const isOwner = useIsOwner()
  const chosen = cabinets.find(cabinet => String(cabinet.cabinetId) === cabinetId)
  const choose = (id: string | undefined) =>
    void navigate({ to: '/inbox', search: before => ({ ...before, cabinetId: id, campaignId: undefined }) })
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <button type="button" className="frame-switch" title={chosen?.name ?? t('allCabinets')}>
          <span className="frame-mark" aria-hidden>
            {chosen ? chosen.name.slice(0, 1).toUpperCase() : <IconBuildingStore size={15} stroke={1.75} />}
          </span>
          <span className="frame-name">
            <b className="cut">{chosen?.name ?? t('allCabinets')}</b>
          </span>
          <span className="unseen">{t('chooseCabinet')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item rightSection={!chosen && <IconCheck size={14} />} onClick={() => choose(undefined)}>
          {t('allCabinets')}
        </Menu.Item>
        {cabinets.map(cabinet => (
          <Menu.Item
            key={String(cabinet.cabinetId)}
            rightSection={cabinet === chosen && <IconCheck size={14} />}
            onClick={() => choose(String(cabinet.cabinetId))}
          >
            <span className="cut">{cabinet.name}</span>
          </Menu.Item>
        ))}
        {isOwner && <Menu.Divider />}
        {isOwner && (
          <Menu.Item leftSection={<IconPlus size={15} />} onClick={() => void navigate({ to: '/connect' })}>
            {t('addCabinet')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
