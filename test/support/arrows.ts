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
  'query-log': ['store', 'keys'],
  published: ['store', 'live', 'chats', 'keys', 'limits', 'files', 'query-log'],
  console: [],
  buyers: ['store', 'live', 'chats', 'files', 'own-apis'],
  admin: [
    'store',
    'live',
    'chats',
    'keys',
    'files',
    'notify',
    'own-apis',
    'query-log',
    'published',
    'console',
    'buyers',
  ],
  lab: ['store', 'live', 'chats', 'keys', 'limits', 'files', 'notify', 'own-apis', 'published', 'admin'],
  demo: ['store', 'chats', 'keys', 'files', 'buyers', 'lab'],
}
