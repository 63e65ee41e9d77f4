import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { asTexts } from '../parts/routing/as-texts.ts'
import { BrokenPage } from '../ui/feedback/broken-page.tsx'
import { Late } from '../ui/feedback/late.tsx'
import { readChatsSearch, readNotificationsSearch, readPhoneSearch, readQueryLogSearch } from './data/search.ts'
import { BusinessFrame } from './frame/business-frame.tsx'
import { ChooseBusiness } from './frame/choose-business.tsx'
import { Lost, NoSuchPage } from './frame/no-such-page.tsx'
import { SessionGate } from './sign-in/session-gate.tsx'

/** Addresses: /console/{businessId}/{page}. Each page is loaded when it is first opened. */
const root = createRootRoute({ component: SessionGate, notFoundComponent: Lost })
const index = createRoute({ getParentRoute: () => root, path: '/', component: ChooseBusiness })
const business = createRoute({
  getParentRoute: () => root,
  path: '$businessId',
  component: BusinessFrame,
  notFoundComponent: NoSuchPage,
})
const of = <const Path extends string>(path: Path) => ({ getParentRoute: () => business, path })

const first = createRoute({
  ...of('/'),
  beforeLoad: ({ params: { businessId } }) => {
    throw redirect({ to: '/$businessId/overview', params: { businessId }, replace: true })
  },
})
const overview = createRoute({
  ...of('overview'),
  component: lazyRouteComponent(() => import('./pages/overview/page.tsx'), 'OverviewPage'),
})
const testOrders = createRoute({
  ...of('test-orders'),
  component: lazyRouteComponent(() => import('./pages/test-orders/page.tsx'), 'TestOrdersPage'),
})
const chats = createRoute({
  ...of('chats'),
  validateSearch: readChatsSearch,
  component: lazyRouteComponent(() => import('./pages/chats/page.tsx'), 'ChatsPage'),
})
// The page of the list shows the chat too: the list stays where it was scrolled.
const chat = createRoute({ getParentRoute: () => chats, path: '$chatId' })
const phone = createRoute({
  ...of('phone'),
  validateSearch: readPhoneSearch,
  component: lazyRouteComponent(() => import('./pages/phone/page.tsx'), 'PhonePage'),
})
const phoneChat = createRoute({ getParentRoute: () => phone, path: '$chatId' })
const keys = createRoute({
  ...of('keys'),
  component: lazyRouteComponent(() => import('./pages/keys/page.tsx'), 'KeysPage'),
})
const notifications = createRoute({
  ...of('notifications'),
  validateSearch: readNotificationsSearch,
  component: lazyRouteComponent(() => import('./pages/notifications/page.tsx'), 'NotificationsPage'),
})
const queryLog = createRoute({
  ...of('query-log'),
  validateSearch: readQueryLogSearch,
  component: lazyRouteComponent(() => import('./pages/query-log/page.tsx'), 'QueryLogPage'),
})
const businessPage = createRoute({
  ...of('business'),
  component: lazyRouteComponent(() => import('./pages/business/page.tsx'), 'BusinessPage'),
})
const coverage = createRoute({
  ...of('coverage'),
  component: lazyRouteComponent(() => import('./pages/coverage/page.tsx'), 'CoveragePage'),
})
const lab = createRoute({
  ...of('lab'),
  component: lazyRouteComponent(() => import('./pages/lab/page.tsx'), 'LabPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    index,
    business.addChildren([
      first,
      overview,
      testOrders,
      chats.addChildren([chat]),
      phone.addChildren([phoneChat]),
      keys,
      notifications,
      queryLog,
      businessPage,
      lab,
      coverage,
    ]),
  ]),
  basepath: '/console',
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
