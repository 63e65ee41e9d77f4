import {
  IconBell,
  IconBuildingStore,
  IconDeviceMobile,
  IconFlask,
  IconKey,
  IconLayoutDashboard,
  IconListSearch,
  IconMessages,
  IconReceipt,
  IconTestPipe,
} from '@tabler/icons-react'

/** The pages of a business in the order of the rail, with the key that follows `g`. */
export const pages = [
  { name: 'overview', to: '/$businessId/overview', stroke: 'o', icon: IconLayoutDashboard },
  { name: 'testOrders', to: '/$businessId/test-orders', stroke: 't', icon: IconReceipt },
  { name: 'chats', to: '/$businessId/chats', stroke: 'c', icon: IconMessages },
  { name: 'phone', to: '/$businessId/phone', stroke: 'p', icon: IconDeviceMobile },
  { name: 'keys', to: '/$businessId/keys', stroke: 'k', icon: IconKey },
  { name: 'notifications', to: '/$businessId/notifications', stroke: 'n', icon: IconBell },
  { name: 'queryLog', to: '/$businessId/query-log', stroke: 'q', icon: IconListSearch },
  { name: 'business', to: '/$businessId/business', stroke: 'b', icon: IconBuildingStore },
  { name: 'lab', to: '/$businessId/lab', stroke: 'l', icon: IconFlask },
  { name: 'coverage', to: '/$businessId/coverage', stroke: 'v', icon: IconTestPipe },
] as const
