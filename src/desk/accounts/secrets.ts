import { createHash, randomBytes } from 'node:crypto'

const secretBytes = 32

/** What a cookie or a one-time link holds. */
export function makeSecret(): string {
  return randomBytes(secretBytes).toString('base64url')
}

/** What is kept of it: who reads the database can sign in as nobody. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
