import { Menu, TextInput } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBusinessId } from '../data/business.ts'
import { useBusinesses } from '../data/businesses.ts'

const maxShown = 50
const searchedFrom = 8

/** The business on the screen, and the way to another. */
export function BusinessSwitcher() {
  const { t } = useTranslation('frame')
  const navigate = useNavigate()
  const id = useBusinessId()
  const { data: businesses = [] } = useBusinesses()
  const [wanted, setWanted] = useState('')
  const name = businesses.find(({ businessId }) => String(businessId) === id)?.name ?? ''
  const found = businesses.filter(
    ({ businessId, name }) =>
      name.toLowerCase().includes(wanted.toLowerCase()) || String(businessId).startsWith(wanted),
  )
  return (
    <Menu position="bottom-start" width={280} onClose={() => setWanted('')}>
      <Menu.Target>
        <button type="button" className="frame-switch">
          <span className="frame-mark" aria-hidden>
            {name.slice(0, 1).toUpperCase()}
          </span>
          <span className="frame-name">
            <b className="cut">{name}</b>
            <span className="meta num">{id}</span>
          </span>
          <span className="unseen">{t('chooseBusiness')}</span>
          <IconSelector size={16} stroke={1.5} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={400} style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('businesses')}</Menu.Label>
        {businesses.length >= searchedFrom && (
          <TextInput
            mx={4}
            mb={4}
            placeholder={t('findBusiness')}
            aria-label={t('findBusiness')}
            value={wanted}
            onChange={event => setWanted(event.currentTarget.value)}
          />
        )}
        {found.slice(0, maxShown).map(({ businessId, name }) => (
          <Menu.Item
            key={String(businessId)}
            rightSection={String(businessId) === id && <IconCheck size={14} />}
            onClick={() => void navigate({ to: '/$businessId/overview', params: { businessId: String(businessId) } })}
          >
            <span className="cut">{name}</span> <span className="meta num">{String(businessId)}</span>
          </Menu.Item>
        ))}
        {found.length === 0 && <Menu.Item disabled>{t('noBusinessFound')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  )
}
