import { createHash, hkdfSync } from 'node:crypto'

/** Keys derived from the server secret, one for each purpose: none can be computed from another. */
export type Secrets = {
  apiKeys: Buffer
  pageTokens: Buffer
  buyerTokens: Buffer
  webhooks: Buffer
  /** By generation: the first is 1, each revocation makes the next. */
  adminToken: (generation: number) => string
  demoKey: Buffer
  seededKeys: Buffer
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
    adminToken: generation => `admin-${derive(adminPurpose(generation)).toString('base64url')}`,
    demoKey: derive('demo key'),
    seededKeys: derive('seeded keys'),
    consoleSessions: derive('console sessions'),
    businessTokens: derive('cabinet tokens'),
    fingerprint: createHash('sha256').update(derive('fingerprint')).digest('hex').slice(0, 16),
  }
}

/** The first generation has no number: it is the token of markets that have never revoked one. */
function adminPurpose(generation: number): string {
  return generation === 1 ? 'admin token' : `admin token ${generation}`
}
