import { Button, Checkbox, Menu } from '@mantine/core'
import { IconChevronDown, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cabinet, CannedReply } from '#desk-protocol'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { callDesk } from '../../../data/desk-api.ts'
import type { Selection } from './use-selection.ts'

type Props = {
  cabinetId: string
  others: readonly Cabinet[]
  found: readonly CannedReply[]
  selection: Selection
}

/** Selects what is shown, and copies what is selected into another cabinet; says what became of it. */
export function CopyBar({ cabinetId, others, found, selection }: Props) {
  const { t } = useTranslation('replies')
  const [says, setSays] = useState<string>()
  const { ids } = selection
  const count = selection.countOf(found)
  const copy = useAct(async ({ cabinetId: to, name: cabinet }: Cabinet) => {
    const body = { from: BigInt(cabinetId), to, replyIds: ids }
    const { lostFiles, ...counts } = await callDesk('POST /replies/copy', { body })
    const lost = lostFiles > 0 ? ` ${t('lostFiles', { count: lostFiles })}` : ''
    setSays(t('copied', { cabinet, ...counts }) + lost)
    selection.clear()
  })
  const first = others[0]
  const look = { variant: 'default', size: 'compact-sm', leftSection: <IconCopy size={14} aria-hidden /> } as const
  return (
    <div className="replies-copy">
      <Checkbox
        size="xs"
        label={ids.length > 0 ? t('selected', { count: ids.length }) : t('selectAll', { count: found.length })}
        checked={found.length > 0 && count === found.length}
        indeterminate={count > 0 && count < found.length}
        onChange={() => {
          setSays(undefined)
          selection.set(found, count < found.length)
        }}
      />
      {ids.length > 0 && first && others.length === 1 && (
        <Button {...look} loading={copy.isPending} onClick={() => void copy.run(first)}>
          {t('copyInto', { cabinet: first.name })}
        </Button>
      )}
      {ids.length > 0 && others.length > 1 && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button {...look} loading={copy.isPending} rightSection={<IconChevronDown size={14} aria-hidden />}>
              {t('copyTo')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map(cabinet => (
              <Menu.Item key={String(cabinet.cabinetId)} onClick={() => void copy.run(cabinet)}>
                {cabinet.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {ids.length > 0 && (
        <Button variant="subtle" size="compact-sm" onClick={selection.clear}>
          {t('unselect')}
        </Button>
      )}
      <span role="status">{ids.length === 0 && says}</span>
    </div>
  )
}
