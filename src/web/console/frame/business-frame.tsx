import { useDisclosure } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { FreshnessLine } from '../../parts/events/freshness-line.tsx'
import { Read } from '../../ui/feedback/read.tsx'
import { AppFrame } from '../../ui/frame/app-frame.tsx'
import { type KeyAct, useKeys } from '../../ui/keys/keys.ts'
import { KeysSheet } from '../../ui/keys/keys-sheet.tsx'
import { BusinessContext, useBusinessId } from '../data/business.ts'
import { useBusinesses } from '../data/businesses.ts'
import { followBusiness } from '../data/follow-business.ts'
import { useLabClock } from '../data/lab-clock.ts'
import { useSession } from '../data/session.ts'
import { BusinessSwitcher } from './business-switcher.tsx'
import { NoSuchBusiness } from './no-such-business.tsx'
import { pages } from './pages.ts'
import { SettingsMenu } from './settings-menu.tsx'

/** A business with its pages around the one that is open. */
export function BusinessFrame() {
  const { businessId } = useParams({ from: '/$businessId' })
  const businesses = useBusinesses()
  return (
    <BusinessContext value={businessId}>
      <Read query={businesses}>
        {all =>
          all.some(business => String(business.businessId) === businessId) ? (
            <Frame key={businessId} businessId={businessId} />
          ) : (
            <NoSuchBusiness businessId={businessId} />
          )
        }
      </Read>
    </BusinessContext>
  )
}

function Frame({ businessId }: { businessId: string }) {
  const client = useQueryClient()
  const { data: session } = useSession()
  const [isSheetOpen, { open, close }] = useDisclosure()
  useEffect(() => followBusiness(client, businessId), [client, businessId])
  useLabClock()
  const hasLab = session?.hasLab ?? false
  const shown = useMemo(() => pages.filter(({ name }) => (name !== 'lab' && name !== 'coverage') || hasLab), [hasLab])
  usePageKeys(shown, open)
  return (
    <AppFrame
      switcher={<BusinessSwitcher />}
      nav={<PageLinks shown={shown} />}
      menu={<SettingsMenu />}
      strip={<Strip version={session?.version} onShowKeys={open} />}
    >
      <Outlet />
      <KeysSheet isOpen={isSheetOpen} onClose={close} />
    </AppFrame>
  )
}

type Pages = readonly (typeof pages)[number][]

function PageLinks({ shown }: { shown: Pages }) {
  const { t } = useTranslation('frame')
  const businessId = useBusinessId()
  return shown.map(({ name, to, stroke, icon: Icon }) => (
    <Link
      key={name}
      to={to}
      params={{ businessId }}
      className="frame-link"
      title={`${t(name)} · G ${stroke.toUpperCase()}`}
    >
      <Icon size={18} stroke={1.5} aria-hidden />
      <span className="frame-label">{t(name)}</span>
    </Link>
  ))
}

function Strip({ version, onShowKeys }: { version: string | undefined; onShowKeys: () => void }) {
  const { t } = useTranslation('frame')
  return (
    <>
      <FreshnessLine />
      <span className="frame-strip-end">
        <button type="button" onClick={onShowKeys}>
          {t('keysHint')}
        </button>
        <span className="num">{version && t('version', { version })}</span>
      </span>
    </>
  )
}

function usePageKeys(shown: Pages, showSheet: () => void): void {
  const businessId = useBusinessId()
  const { t } = useTranslation('frame')
  const { t: ui } = useTranslation('ui')
  const navigate = useNavigate()
  const acts = useMemo<KeyAct[]>(
    () => [
      ...shown.map(({ name, to, stroke }) => ({
        keys: `g ${stroke}`,
        does: t('goTo', { page: t(name) }),
        run: () => void navigate({ to, params: { businessId } }),
      })),
      { keys: '?', does: ui('keysShow'), run: showSheet },
    ],
    [t, ui, navigate, businessId, shown, showSheet],
  )
  useKeys(acts)
}
