import {
  dateTime,
  idOf,
  keyNameMaxLength,
  keysPerBusiness,
  oneOf,
  type Scope,
  type Static,
  scopes,
  Type,
} from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { defineEndpoint, problems } from '#serving'
import type { Keyring } from '../../keys/keyring.ts'
import type { Secrets } from '../../keys/secrets.ts'
import { hashToken, makeToken } from '../../keys/token.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { insertKey, type KeyRow, listKeys as listRows, revokeKey as revokeRow } from '../../store/keys.ts'
import { businessId, createdAt, OfBusiness, usual } from '../access/parameters.ts'
import { requireBusiness } from '../access/require.ts'

const tag = 'keys'
const keyId = idOf<bigint>('The key.')
const name = Type.String({ minLength: 1, maxLength: keyNameMaxLength, description: 'What the key is for.' })
const keyScopes = Type.Unsafe<Scope[]>({
  type: 'array',
  items: oneOf(scopes),
  minItems: 1,
  uniqueItems: true,
  description: 'What the key opens.',
})
const Key = Type.Object(
  {
    keyId,
    name,
    scopes: keyScopes,
    createdAt,
    lastUsedAt: Type.Optional(dateTime('When it was last used, to within a minute. Left out if never.')),
    revokedAt: Type.Optional(dateTime('Since when it opens nothing. Left out if it does.')),
  },
  { title: 'Key' },
)

function view({ keyId, name, scopes, createdAt, lastUsedAt, revokedAt }: KeyRow): Static<typeof Key> {
  return {
    keyId,
    name,
    scopes,
    createdAt: createdAt.toISOString(),
    ...(lastUsedAt && { lastUsedAt: lastUsedAt.toISOString() }),
    ...(revokedAt && { revokedAt: revokedAt.toISOString() }),
  }
}

type Needs = { sql: Sql; clock: Clock; keyring: Keyring; secrets: Pick<Secrets, 'apiKeys'> }

export const createKey = defineEndpoint(
  defineOwnOperation({
    name: 'createKey',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/keys',
    tag,
    summary: 'Create a key',
    description: `The token is shown here and never again. A business has at most ${keysPerBusiness} keys that are not revoked.`,
    params: OfBusiness,
    body: Type.Object({ name, scopes: keyScopes }),
    response: Type.Object({ key: Key, token: Type.String({ description: 'Send it in the Api-Key header.' }) }),
    status: 201,
    refusals: [...usual, 404, 409],
  }),
  async ({ sql, clock, keyring, secrets }: Needs, { params, body: { name, scopes } }) => {
    const { businessId } = await requireBusiness(sql, params.businessId)
    const token = makeToken()
    const hash = hashToken(secrets.apiKeys, token)
    const key = await insertKey(sql, { businessId, name, scopes, hash, max: keysPerBusiness, now: clock.now() })
    if (!key) throw problems.conflict(`Business ${businessId} has ${keysPerBusiness} keys: revoke one first.`)
    keyring.changed()
    return { key: view(key), token }
  },
)

export const listKeys = defineEndpoint(
  defineOwnOperation({
    name: 'listKeys',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/keys',
    tag,
    summary: 'List keys',
    description: 'Without their tokens; the revoked ones too.',
    params: OfBusiness,
    response: Type.Object({ keys: Type.Array(Key) }),
    refusals: [...usual, 404],
  }),
  async ({ sql }: { sql: Sql }, { params }) => {
    const { businessId } = await requireBusiness(sql, params.businessId)
    return { keys: (await listRows(sql, businessId)).map(view) }
  },
)

export const revokeKey = defineEndpoint(
  defineOwnOperation({
    name: 'revokeKey',
    verb: 'DELETE',
    path: '/admin/v1/businesses/{businessId}/keys/{keyId}',
    tag,
    summary: 'Revoke a key',
    description: 'It opens nothing from now on. Revoking it again changes nothing.',
    params: Type.Object({ businessId, keyId }),
    response: Type.Null(),
    status: 204,
    refusals: [...usual, 404],
  }),
  async ({ sql, clock, keyring }: Omit<Needs, 'secrets'>, { params: { businessId, keyId } }) => {
    const isKnown = await revokeRow(sql, businessId, keyId, clock.now())
    if (!isKnown) throw problems.notFound(`Business ${businessId} has no key ${keyId}.`)
    keyring.changed()
    return undefined
  },
)
