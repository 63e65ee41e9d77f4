import { createHash, hkdfSync } from 'node:crypto'

/** Keys derived from the server secret, one for each purpose: none can be computed from another. */
export type Secrets = {
  apiKeys: Buffer
  pageTokens: Buffer
  buyerTokens: Buffer
  webhooks: Buffer
  adminToken: string
  demoKey: Buffer
  consoleSessions: Buffer
  businessTokens: Buffer
  /** Tells, without revealing it, whether a database belongs to this secret. */
  fingerprint: string
}

export function deriveSecrets(secret: string): Secrets {
  const derive = (purpose: string, bytes = 32) => Buffer.from(hkdfSync('sha256', secret, 'prilavok', purpose, bytes))
  return {
    apiKeys: derive('api keys'),
    pageTokens: derive('page tokens'),
    buyerTokens: derive('buyer tokens'),
    webhooks: derive('webhooks'),
    adminToken: `admin-${derive('admin token').toString('base64url')}`,
    demoKey: derive('demo key'),
    consoleSessions: derive('console sessions'),
    businessTokens: derive('cabinet tokens'),
    fingerprint: createHash('sha256').update(derive('fingerprint')).digest('hex').slice(0, 16),
  }
}
