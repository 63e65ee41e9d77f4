import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { asTexts } from '../parts/routing/as-texts.ts'
import { BrokenPage } from '../ui/feedback/broken-page.tsx'
import { Late } from '../ui/feedback/late.tsx'
import { readInboxSearch, readWordSearch } from './data/search.ts'
import { DeskFrame } from './frame/desk-frame.tsx'
import { NoSuchPage } from './frame/no-such-page.tsx'
import { InboxPage } from './pages/inbox/page.tsx'
import { SessionGate } from './sign-in/session-gate.tsx'

/** Addresses: /desk/inbox/{cabinetId}/{chatId}, /desk/search, /desk/settings/…; the inbox comes with the first script. */
const root = createRootRoute({ component: SessionGate })
const connect = createRoute({
  getParentRoute: () => root,
  path: '/connect',
  component: lazyRouteComponent(() => import('./pages/connect/page.tsx'), 'ConnectPage'),
})
const firstMirror = createRoute({
  getParentRoute: () => root,
  path: '/connect/$cabinetId',
  component: lazyRouteComponent(() => import('./pages/connect/first-mirror.tsx'), 'FirstMirrorPage'),
})
const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: DeskFrame,
})
const of = <const Path extends string>(path: Path) => ({ getParentRoute: () => frame, path })

const first = createRoute({
  ...of('/'),
  beforeLoad: () => {
    // A link's ticket stands in the hash.
    throw redirect({ to: '/inbox', hash: true, replace: true })
  },
})
const inbox = createRoute({ ...of('/inbox'), validateSearch: readInboxSearch, component: InboxPage })
// The page of the list shows the chat too: the list stays where it was scrolled.
const chat = createRoute({ getParentRoute: () => inbox, path: '$cabinetId/$chatId' })
const search = createRoute({
  ...of('/search'),
  validateSearch: readWordSearch,
  component: lazyRouteComponent(() => import('./pages/search/page.tsx'), 'SearchPage'),
})
const settings = createRoute({
  ...of('/settings'),
  component: lazyRouteComponent(() => import('./pages/settings/page.tsx'), 'SettingsPage'),
})
const inSettings = <const Path extends string>(path: Path) => ({ getParentRoute: () => settings, path })
const settingsFirst = createRoute({
  ...inSettings('/'),
  beforeLoad: () => {
    throw redirect({ to: '/settings/cabinets', replace: true })
  },
})
const cabinets = createRoute({
  ...inSettings('cabinets'),
  component: lazyRouteComponent(() => import('./pages/settings/cabinets/cabinets.tsx'), 'CabinetsSettings'),
})
const cabinet = createRoute({
  ...inSettings('cabinets/$cabinetId'),
  component: lazyRouteComponent(() => import('./pages/settings/cabinets/cabinet.tsx'), 'CabinetSettings'),
})
const replies = createRoute({
  ...inSettings('replies'),
  component: lazyRouteComponent(() => import('./pages/settings/replies/replies.tsx'), 'RepliesSettings'),
})
const account = createRoute({
  ...inSettings('account'),
  component: lazyRouteComponent(() => import('./pages/settings/account/account.tsx'), 'AccountSettings'),
})
const keys = createRoute({
  ...inSettings('keys'),
  component: lazyRouteComponent(() => import('./pages/settings/keys/keys.tsx'), 'KeysSettings'),
})
const people = createRoute({
  ...inSettings('people'),
  component: lazyRouteComponent(() => import('./pages/settings/people/people.tsx'), 'PeopleSettings'),
})

const nothing = createRoute({ ...of('$'), component: NoSuchPage })

export const router = createRouter({
  routeTree: root.addChildren([
    connect,
    firstMirror,
    frame.addChildren([
      first,
      inbox.addChildren([chat]),
      search,
      settings.addChildren([settingsFirst, cabinets, cabinet, replies, account, keys, people]),
      nothing,
    ]),
  ]),
  basepath: '/desk',
  ...asTexts,
  defaultPreload: 'intent',
  defaultPendingComponent: Late,
  defaultErrorComponent: BrokenPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
