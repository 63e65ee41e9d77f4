/**
 * Which folders of the market a folder of it may import, from the bottom up. The market's own files, which put it together,
 * import all of them and are imported by none.
 */
export const arrowsInMarket: Record<string, readonly string[]> = {
  store: [],
  live: [],
  chats: ['store', 'live'],
  keys: ['store', 'live'],
  limits: ['store'],
  files: ['store'],
  notify: ['store', 'live'],
  'own-apis': ['store', 'chats', 'files'],
  tokens: ['store', 'live'],
  'query-log': ['store', 'keys'],
  published: ['store', 'live', 'chats', 'keys', 'limits', 'files', 'query-log'],
  console: ['tokens'],
  landing: [],
  buyers: ['store', 'live', 'chats', 'limits', 'files', 'tokens', 'own-apis'],
  admin: [
    'store',
    'live',
    'chats',
    'keys',
    'limits',
    'files',
    'notify',
    'tokens',
    'own-apis',
    'query-log',
    'published',
    'console',
    'buyers',
  ],
  state: ['store', 'chats', 'keys', 'files', 'admin'],
  lab: ['store', 'live', 'chats', 'keys', 'limits', 'files', 'notify', 'own-apis', 'published', 'admin', 'state'],
  demo: ['store', 'keys', 'files', 'buyers', 'state', 'lab'],
}

/** The same for the desk. */
export const arrowsInDesk: Record<string, readonly string[]> = {
  store: [],
  live: [],
  cabinets: ['store', 'live'],
  files: ['store', 'live', 'cabinets'],
  mirror: ['store', 'live', 'cabinets'],
  outbox: ['store', 'live', 'cabinets', 'files'],
  orders: ['store', 'live', 'cabinets'],
  inbox: ['store', 'live', 'cabinets', 'mirror', 'outbox', 'files', 'orders'],
  accounts: ['store', 'live'],
  api: ['store', 'live', 'cabinets', 'mirror', 'outbox', 'files', 'orders', 'inbox', 'accounts'],
}
