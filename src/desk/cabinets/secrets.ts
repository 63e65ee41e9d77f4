import { createHash, hkdfSync, randomBytes } from 'node:crypto'

/** Keys derived from the desk's secret, one for each purpose. */
export type DeskSecrets = {
  sealing: Buffer
  pageTokens: Buffer
  /** Tells, without revealing it, whether a database belongs to this secret. */
  fingerprint: string
}

export function deriveSecrets(secret: string): DeskSecrets {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'prilavok desk', purpose, 32))
  return {
    sealing: derive('sealed keys'),
    pageTokens: derive('page tokens'),
    fingerprint: createHash('sha256').update(derive('fingerprint')).digest('hex').slice(0, 16),
  }
}

const notificationSecretBytes = 16

/** 128 bits, as they stand in the path to which the market sends notifications. */
export function makeNotificationSecret(): string {
  return randomBytes(notificationSecretBytes).toString('base64url')
}

export function hashNotificationSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
