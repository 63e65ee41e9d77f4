/** Which tests are run against a cluster: what a market does with its database, and what becomes of it when processes race or die. */
export const clusterFiles: readonly string[] = [
  // what the published API and the others do
  ...['start-a-chat', 'reply', 'walks', 'chat-filters', 'check-new-messages', 'disputes', 'direct-messages', 'orders'],
  ...[
    'answers-in-sql',
    'finished-chats',
    'idempotency',
    'limits',
    'hourly-limit',
    'files',
    'file-sweep',
    'test-orders',
  ],
  ...[
    'admin',
    'admin-chats',
    'admin-lists',
    'admin-overview',
    'admin-live',
    'deliveries-admin',
    'subscriptions',
    'query-log',
    'query-log-pruning',
  ],
  ...[
    'buyers',
    'buyer-events',
    'buyer-quotas',
    'revoking-tokens',
    'cabinet-tokens',
    'demo',
    'lab-buyers',
    'lab-test-chats',
  ],
  ...['notifications', 'notification-retries', 'delivery-steps', 'unread-answers', 'sync', 'distribution'],
  // commit order, races, kills, several processes
  ...['transactions', 'post-batches', 'kill', 'notification-kills', 'notification-sharing', 'lost-connections'],
].map(name => `test/flows/${name}.test.ts`)

/** A proof is run, too: nobody who reads on misses a message. */
export const clusterProof = 'order'
