/** Header names of the wire, lower case as Node reads them. */
export const headers = {
  apiKey: 'api-key',
  authorization: 'authorization',
  integration: 'x-market-integration',
  traceparent: 'traceparent',
  limit: 'x-ratelimit-resource-limit',
  remaining: 'x-ratelimit-resource-remaining',
  until: 'x-ratelimit-resource-until',
} as const
