/** Header names of the wire, lower case as Node reads them. */
export const headers = {
  apiKey: 'api-key',
  authorization: 'authorization',
  integration: 'x-market-integration',
  traceparent: 'traceparent',
  limit: 'x-ratelimit-resource-limit',
  remaining: 'x-ratelimit-resource-remaining',
  until: 'x-ratelimit-resource-until',
  // Ours: the published record has no such key.
  idempotencyKey: 'idempotency-key',
  idempotencyAnnounced: 'prilavok-idempotency',
  idempotencyReplayed: 'idempotency-replayed',
} as const
