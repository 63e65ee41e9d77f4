import type { IncomingHttpHeaders } from 'node:http'
import { type BusinessId, headers, Refusal, readingChats, refusals } from '#contract'
import { splitAuthorization } from '#serving'
import type { Keyring } from '../keys/keyring.ts'
import { tokenTrouble } from '../keys/token.ts'
import type { KeyWithBusiness } from '../store/keys.ts'

type Credential = { header: 'api-key' | 'oauth'; token: string }

/** The key of a request, or a refusal in the published words. A bad Api-Key is 401, a bad token in Authorization is 403. */
export async function authenticate(keyring: Keyring, requestHeaders: IncomingHttpHeaders): Promise<KeyWithBusiness> {
  const { header, token } = credentialOf(requestHeaders)
  const trouble = tokenTrouble(token) ?? (await keyTrouble(keyring, token))
  if (!(trouble instanceof Error)) return trouble
  throw header === 'oauth' ? refusals.oauthTokenInvalid() : trouble
}

async function keyTrouble(keyring: Keyring, token: string): Promise<KeyWithBusiness | Refusal> {
  const key = await keyring.find(token)
  if (key === undefined) return refusals.keyInvalid()
  return key.revokedAt === null ? key : refusals.keyRevoked()
}

/** `Api-Key` counts if both headers are there. */
export function credentialOf(requestHeaders: IncomingHttpHeaders): Credential {
  const apiKey = requestHeaders[headers.apiKey]
  if (apiKey !== undefined) return { header: 'api-key', token: String(apiKey).trim() }
  const authorization = requestHeaders[headers.authorization]
  if (authorization === undefined) throw refusals.noCredentials()
  return { header: 'oauth', token: tokenOf(authorization) }
}

/** `Bearer <token>` or `OAuth oauth_token="…", oauth_client_id="…"`. */
function tokenOf(authorization: string): string {
  const { scheme, rest } = splitAuthorization(authorization)
  if (scheme === 'bearer') {
    if (rest === '') throw refusals.oauthTokenNotSpecified()
    if (/\s/.test(rest)) throw refusals.authorizationSyntax()
    return rest
  }
  if (scheme !== 'oauth') throw refusals.authorizationSyntax()
  const token = /\boauth_token\s*=\s*"([^"]*)"/.exec(rest)?.[1]
  const clientId = /\boauth_client_id\s*=\s*"([^"]*)"/.exec(rest)?.[1]
  if (token === undefined || clientId === undefined) throw refusals.oauthCredentialsNotSpecified()
  if (token === '') throw refusals.oauthTokenNotSpecified()
  return token
}

/** Whether a request has a valid key of this business that may read chats, and the business may use the API. It does not say what is wrong with another key. */
export async function mayKeyRead(
  keyring: Keyring,
  requestHeaders: IncomingHttpHeaders,
  businessId: BusinessId,
): Promise<boolean> {
  if (requestHeaders[headers.apiKey] === undefined && requestHeaders[headers.authorization] === undefined) return false
  const key = await authenticate(keyring, requestHeaders).catch(ignoreRefusal)
  if (key?.businessId !== businessId || key.apiDisabled) return false
  return readingChats.some(scope => key.scopes.includes(scope))
}

function ignoreRefusal(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error
}
