import { type Icon, IconGavel, IconInbox, IconSearch, IconSettings } from '@tabler/icons-react'
import { Link, useLocation, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShown } from '../../ui/keys/shown.ts'
import { useCounts } from '../data/chats.ts'

type Place = { name: 'inbox' | 'disputes' | 'search' | 'settings'; keys: string; icon: Icon; count?: number }

/** Where one can go, with how many chats wait there. */
export function Rail() {
  const search = useSearch({ strict: false })
  const counts = useCounts({ cabinetId: search.cabinetId })
  const { pathname } = useLocation()
  const isInInbox = pathname.startsWith('/inbox')
  const inInbox = { cabinetId: search.cabinetId }
  const isDisputes = isInInbox && search.view === 'disputes'
  return (
    <>
      <Link to="/inbox" search={inInbox} {...looks(isInInbox && !isDisputes)}>
        <Face name="inbox" keys="g w" icon={IconInbox} {...countOf(counts?.waiting)} />
      </Link>
      <Link to="/inbox" search={{ ...inInbox, view: 'disputes' }} {...looks(isDisputes)}>
        <Face name="disputes" keys="g d" icon={IconGavel} {...countOf(counts?.disputes)} />
      </Link>
      <Link to="/search" {...looks(pathname.startsWith('/search'))}>
        <Face name="search" keys="/" icon={IconSearch} />
      </Link>
      <Link to="/settings/cabinets" {...looks(pathname.startsWith('/settings'))}>
        <Face name="settings" keys="g s" icon={IconSettings} />
      </Link>
    </>
  )
}

// Exact, as the router would take the inbox for open in every view of it.
const looks = (isOpen: boolean) => ({
  className: 'frame-link',
  activeOptions: { exact: true },
  'aria-current': isOpen ? ('page' as const) : undefined,
})

const countOf = (count: number | undefined) => (count ? { count } : {})

function Face({ name, keys, icon: Icon, count }: Place) {
  const { t } = useTranslation('desk')
  return (
    <>
      <span className="desk-rail-face" title={`${t(name)} · ${useShown(keys)}`}>
        <Icon size={20} stroke={1.5} aria-hidden />
        {count !== undefined && <span className={`desk-badge desk-badge-${name}`}>{count > 99 ? '99+' : count}</span>}
      </span>
      <span className="frame-label">{t(name)}</span>
    </>
  )
}
