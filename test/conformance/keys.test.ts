import { randomUUID } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { type OperationName, operations, scopes } from '#contract'
import { makeToken } from '../../src/market/keys/token.ts'
import { updateBusiness } from '../../src/market/store/businesses.ts'
import { listKeys, revokeKey } from '../../src/market/store/keys.ts'
import { brief, envelope, makeCall, makeScene, operationNames, type Scene, send } from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
let scene: Scene
let stranger: Scene
let revoked: string

beforeAll(async () => {
  scene = await makeScene(market)
  stranger = await makeScene(market)
  revoked = await makeRevokedKey(scene)
})

async function makeRevokedKey({ makeKey, businessId }: Scene): Promise<string> {
  const token = await makeKey(['all-methods'])
  const keys = await listKeys(market.sql, businessId)
  await revokeKey(market.sql, businessId, keys.at(-1)?.keyId ?? 0n, new Date())
  market.running.market.keyring.changed()
  return token
}

const unauthorized = (message: string) => ({ status: 401, text: envelope('UNAUTHORIZED', message) })
const forbidden = (message: string) => ({ status: 403, text: envelope('FORBIDDEN', message) })

// The scopes list of the published description, not the contract's own.
const reading = ['communication', 'all-methods', 'all-methods:read-only']
const writing = ['communication', 'all-methods']
const opensWith: Record<OperationName, readonly string[]> = {
  getChats: reading,
  getChat: reading,
  getChatHistory: reading,
  getChatMessage: reading,
  createChat: writing,
  sendMessageToChat: writing,
  sendFileToChat: writing,
  getCampaigns: scopes,
  getCampaign: scopes,
  getAuthTokenInfo: scopes,
}

describe.each(scopes)('a key with the scope %s alone', scope => {
  test('opens what the scope opens and nothing else', async () => {
    const headers = { 'api-key': await scene.makeKey([scope]) }

    for (const name of operationNames) {
      const reply = await send(market, { ...makeCall(name, scene), headers })

      const text = `Token does not have any of the scopes to access the API method: ${opensWith[name].join(', ')}`
      if (opensWith[name].includes(scope)) expect(reply, name).toMatchObject({ status: 200 })
      else expect(brief(reply), name).toEqual(forbidden(text))
    }
  })
})

const good = makeToken()
const badKeys: [title: string, key: () => string, message: string][] = [
  ['an empty key', () => '', 'Api-Key token is not specified'],
  ['a key of blanks', () => '   ', 'Api-Key token is not specified'],
  ['a key with another prefix', () => `ACMB:${good.slice(5)}`, 'Api-Key token prefix invalid'],
  ['a key in small letters', () => good.toLowerCase(), 'Api-Key token prefix invalid'],
  ['a key of one character less', () => good.slice(0, -1), 'Api-Key token length invalid'],
  ['a key of one character more', () => `${good}0`, 'Api-Key token length invalid'],
  ['two keys', () => `${good}, ${good}`, 'Api-Key token length invalid'],
  ['a key with a wrong checksum', () => withChecksum('A'.repeat(40), 1), 'Api-Key token format invalid'],
  ['a key with a foreign character', () => withChecksum(`-${'A'.repeat(39)}`), 'Api-Key token format invalid'],
  ['a key that was revoked', () => revoked, 'Api-Key token is revoked'],
  ['a key that nobody made', () => good, 'Api-Key token is invalid'],
]

function withChecksum(characters: string, slip = 0): string {
  return `ACMA:${characters}:${((crc32(characters) ^ slip) >>> 0).toString(16).padStart(8, '0')}`
}

describe.each(operationNames)('%s', name => {
  const call = () => makeCall(name, scene)

  test('asks for credentials', async () => {
    const reply = await send(market, { ...call(), headers: {} })

    expect(brief(reply)).toEqual(unauthorized('Credentials are not specified'))
  })

  test.each(badKeys)('refuses %s', async (_title, key, message) => {
    const reply = await send(market, { ...call(), headers: { 'api-key': key() } })

    expect(brief(reply)).toEqual(unauthorized(message))
  })

  test('believes Api-Key alone when both headers are there', async () => {
    const authorization = 'Bearer nonsense'
    const right = await send(market, { ...call(), headers: { 'api-key': scene.token, authorization } })
    const wrong = await send(market, {
      ...call(),
      headers: { 'api-key': good, authorization: `Bearer ${scene.token}` },
    })

    expect(right).toMatchObject({ status: 200 })
    expect(brief(wrong)).toEqual(unauthorized('Api-Key token is invalid'))
  })
})

const takingAuthorization = operationNames.filter(name => name !== 'getAuthTokenInfo')

describe.each(takingAuthorization)('%s', name => {
  test.each<[form: string, spell: (token: string) => string]>([
    ['Bearer', token => `Bearer ${token}`],
    ['bearer in small letters', token => `bearer  ${token}`],
    ['Bearer after a tab', token => `Bearer\t ${token}`],
    ['OAuth', token => `OAuth oauth_token="${token}", oauth_client_id="${randomUUID()}"`],
    ['OAuth turned round', token => `OAuth oauth_client_id="a", oauth_token="${token}"`],
  ])('takes a key as %s, and answers 403 to a bad one', async (_form, spell) => {
    const replies = await Promise.all(
      [scene.token, good, revoked, 'y0_AgAAAAA'].map(token =>
        send(market, { ...makeCall(name, scene), headers: { authorization: spell(token) } }),
      ),
    )

    expect(replies[0]).toMatchObject({ status: 200 })
    for (const reply of replies.slice(1)) expect(brief(reply)).toEqual(forbidden('OAuth token is invalid'))
  })

  test.each([
    ['Basic c2hvcDpzaG9w', 'Authorization header has invalid syntax'],
    ['', 'Authorization header has invalid syntax'],
    ['Bearer', 'OAuth token is not specified'],
    ['Bearer \u00a0', 'OAuth token is not specified'],
    ['Bearerx', 'Authorization header has invalid syntax'],
    ['OAuthx oauth_token="1", oauth_client_id="1"', 'Authorization header has invalid syntax'],
    ['Bearer a b', 'Authorization header has invalid syntax'],
    ['Bearer        a b', 'Authorization header has invalid syntax'],
    ['OAuth oauth_token="", oauth_client_id="1"', 'OAuth token is not specified'],
    ['OAuth', 'OAuth credentials are not specified'],
    ['OAuth oauth_token="1"', 'OAuth credentials are not specified'],
    ['OAuth oauth_client_id="1"', 'OAuth credentials are not specified'],
  ])('refuses Authorization: %s', async (authorization, message) => {
    const reply = await send(market, { ...makeCall(name, scene), headers: { authorization } })

    expect(brief(reply)).toEqual(unauthorized(message))
  })
})

test('getAuthTokenInfo takes no key in Authorization', async () => {
  const headers = { authorization: `Bearer ${scene.token}` }
  const reply = await send(market, { ...makeCall('getAuthTokenInfo', scene), headers })

  expect(brief(reply)).toEqual(unauthorized('Api-Key token is not specified'))
})

const owned = operationNames.filter(name => /businessId|campaignId/.test(operations[name].path))

test.each(owned)('%s is closed to the key of another business, whether or not the thing exists', async name => {
  const call = { ...makeCall(name, scene), headers: { 'api-key': stranger.token } }
  const there = await send(market, call)
  const nowhere = await send(market, { ...call, path: call.path.replace(/\d{4,}/, '9223372036854775807') })

  expect(brief(there)).toEqual(forbidden('Access denied'))
  expect(brief(nowhere)).toEqual(forbidden('Access denied'))
})

const ofBusinesses = owned.filter(name => name !== 'getCampaign')

test.each(ofBusinesses)('%s says nothing of what would fit to the key of another business', async name => {
  const headers = { 'api-key': stranger.token }
  const reply = await send(market, { ...makeCall(name, scene), query: { chatId: 'abc', limit: '0' }, headers })

  expect(brief(reply)).toEqual(forbidden('Access denied'))
})

test('a disabled business may only look at its shops and its key', async () => {
  const closed = await makeScene(market)
  await updateBusiness(market.sql, closed.businessId, { apiDisabled: true })
  market.running.market.keyring.changed()

  for (const name of operationNames) {
    const reply = await send(market, makeCall(name, closed))

    const text = `API for business ${closed.businessId} disabled because it has only disabled partners.`
    const refused = { status: 403, text: envelope('API_DISABLED', text) }
    if (operations[name].path.includes('{businessId}')) expect(brief(reply), name).toEqual(refused)
    else expect(reply, name).toMatchObject({ status: 200 })
  }
})

test('a key shows its name and its scopes in capitals', async () => {
  const headers = { 'api-key': await scene.makeKey(['communication', 'all-methods:read-only']) }
  const reply = await send(market, { ...makeCall('getAuthTokenInfo', scene), headers })

  expect(reply.body).toMatchObject({
    status: 'OK',
    result: { apiKey: { authScopes: ['COMMUNICATION', 'ALL_METHODS_READ_ONLY'] } },
  })
})

test('a key that is revoked is refused by the next request', async () => {
  const token = await scene.makeKey(['communication'])
  const before = await send(market, { ...makeCall('getChats', scene), headers: { 'api-key': token } })
  const keys = await listKeys(market.sql, scene.businessId)
  await revokeKey(market.sql, scene.businessId, keys.at(-1)?.keyId ?? 0n, new Date())
  market.running.market.keyring.changed()

  const after = await send(market, { ...makeCall('getChats', scene), headers: { 'api-key': token } })

  expect(before.status).toBe(200)
  expect(brief(after)).toEqual(unauthorized('Api-Key token is revoked'))
})
