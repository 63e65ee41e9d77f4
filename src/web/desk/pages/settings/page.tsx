import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../../ui/frame/page.tsx'
import { useIsOwner } from '../../data/session.ts'
import '../../texts/add-later.ts'
import './settings.css'

const pages = [
  { name: 'cabinets', to: '/settings/cabinets', isForOwners: false },
  { name: 'replies', to: '/settings/replies', isForOwners: false },
  { name: 'account', to: '/settings/account', isForOwners: false },
  { name: 'keys', to: '/settings/keys', isForOwners: false },
  { name: 'people', to: '/settings/people', isForOwners: true },
] as const

export function SettingsPage() {
  const { t } = useTranslation(['settings', 'desk'])
  const isOwner = useIsOwner()
  const tabs = useOpenTabInSight()
  return (
    <Page
      title={t('desk:settings')}
      bar={
        <nav ref={tabs} className="settings-tabs" aria-label={t('desk:settings')}>
          {pages
            .filter(({ isForOwners }) => isOwner || !isForOwners)
            .map(({ name, to }) => (
              <Link key={name} to={to} className="settings-tab">
                {t(`settings:${name}`)}
              </Link>
            ))}
        </nav>
      }
    >
      <div className="settings">
        <Outlet />
      </div>
    </Page>
  )
}

/** The row of tabs may be wider than a phone. */
function useOpenTabInSight() {
  const tabs = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    const open = tabs.current?.querySelector(`[href$="${CSS.escape(pathname)}"]`)
    open?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [pathname])
  return tabs
}
