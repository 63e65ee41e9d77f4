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
  const id = useBusinessId()
  const { data: businesses = [] } = useBusinesses()
  const [wanted, setWanted] = useState('')
  const name = businesses.find(({ businessId }) => String(businessId) === id)?.name ?? ''
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
        {businesses.length >= searchedFrom && <Search wanted={wanted} onType={setWanted} />}
        <Found businesses={businesses} wanted={wanted} />
      </Menu.Dropdown>
    </Menu>
  )
}

function Search({ wanted, onType }: { wanted: string; onType: (wanted: string) => void }) {
  const { t } = useTranslation('frame')
  return (
    <TextInput
      mx={4}
      mb={4}
      placeholder={t('findBusiness')}
      aria-label={t('findBusiness')}
      value={wanted}
      onChange={event => onType(event.currentTarget.value)}
    />
  )
}

type Businesses = NonNullable<ReturnType<typeof useBusinesses>['data']>

function Found({ businesses, wanted }: { businesses: Businesses; wanted: string }) {
  const { t } = useTranslation('frame')
  const navigate = useNavigate()
  const openId = useBusinessId()
  const found = businesses
    .map(({ businessId, name }) => ({ id: String(businessId), name }))
    .filter(({ id, name }) => name.toLowerCase().includes(wanted.toLowerCase()) || id.startsWith(wanted))
  if (found.length === 0) return <Menu.Item disabled>{t('noBusinessFound')}</Menu.Item>
  return found.slice(0, maxShown).map(({ id, name }) => (
    <Menu.Item
      key={id}
      rightSection={id === openId && <IconCheck size={14} />}
      onClick={() => void navigate({ to: '/$businessId/overview', params: { businessId: id } })}
    >
      <span className="cut">{name}</span> <span className="meta num">{id}</span>
    </Menu.Item>
  ))
}
