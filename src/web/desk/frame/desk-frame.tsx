import { useDisclosure } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { toastAct } from '../../ui/feedback/toast.tsx'
import { AppFrame } from '../../ui/frame/app-frame.tsx'
import { bindKeys } from '../../ui/keys/bindings.ts'
import { type KeyAct, switchKeys, useKeys } from '../../ui/keys/keys.ts'
import { keepOffline, watchUpdates } from '../browser/keep-offline.ts'
import { boundBy } from '../data/desk-keys.ts'
import { followDesk } from '../data/follow-desk.ts'
import { usePreferences } from '../data/preferences.ts'
import { CabinetSwitcher } from './cabinet-switcher.tsx'
import { MeMenu } from './me-menu.tsx'
import { useNewsOfChats } from './news/use-news-of-chats.ts'
import { Rail } from './rail.tsx'
import { Strip } from './strip/strip.tsx'
import './desk-frame.css'

// What lies over the page is fetched when it is first opened.
const KeysSheet = lazy(() =>
  import('../../ui/keys/keys-sheet.tsx').then(({ KeysSheet: Sheet }) => ({ default: Sheet })),
)
const Palette = lazy(() => import('./palette/palette.tsx').then(({ Palette: Found }) => ({ default: Found })))

/** The rail, the page that is open, and the strip that says how fresh it is. */
export function DeskFrame() {
  const client = useQueryClient()
  const [isSheetOpen, sheet] = useDisclosure()
  const [isPaletteOpen, palette] = useDisclosure()
  const { areKeysOff, keys } = usePreferences()
  useEffect(() => followDesk(client), [client])
  useEffect(() => switchKeys({ isOff: areKeysOff }), [areKeysOff])
  useEffect(() => bindKeys(boundBy(keys)), [keys])
  useNewsOfChats()
  useUpdates()
  useFrameKeys(sheet.open, palette.open)
  return (
    <AppFrame
      isNarrow
      switcher={<CabinetSwitcher />}
      nav={<Rail />}
      menu={<MeMenu />}
      strip={<Strip onShowKeys={sheet.open} onShowPalette={palette.open} />}
    >
      <Outlet />
      <Suspense fallback={null}>
        {isSheetOpen && <KeysSheet isOpen onClose={sheet.close} />}
        {isPaletteOpen && <Palette onClose={palette.close} />}
      </Suspense>
    </AppFrame>
  )
}

/** The desk is kept for when it is away; another build says that it is there. */
function useUpdates(): void {
  const { t } = useTranslation('desk')
  useEffect(() => {
    keepOffline()
    return watchUpdates(() => toastAct(t('updated'), t('updatedLoad'), () => window.location.reload()))
  }, [t])
}

function useFrameKeys(showSheet: () => void, showPalette: () => void): void {
  const { t } = useTranslation(['desk', 'ui'])
  const navigate = useNavigate()
  const acts = useMemo<KeyAct[]>(() => {
    const goTo = (page: string) => t('desk:goTo', { page })
    return [
      {
        keys: 'g w',
        does: goTo(t('desk:goWaiting')),
        run: () => void navigate({ to: '/inbox', search: before => ({ ...before, view: 'waiting' }) }),
      },
      {
        keys: 'g d',
        does: goTo(t('desk:disputes')),
        run: () => void navigate({ to: '/inbox', search: before => ({ ...before, view: 'disputes' }) }),
      },
      { keys: 'g s', does: goTo(t('desk:settings')), run: () => void navigate({ to: '/settings/cabinets' }) },
      { keys: '/', does: t('desk:search'), run: () => void navigate({ to: '/search' }) },
      { keys: 'mod+k', does: t('desk:paletteKey'), run: showPalette, isEverywhere: true },
      { keys: '?', does: t('ui:keysShow'), run: showSheet },
    ]
  }, [t, navigate, showSheet, showPalette])
  useKeys(acts)
}
