import { request } from 'node:http'
import { headers } from '#contract'
import { openConnection } from '../../test/support/raw-http.ts'
import { type BuiltCall, buildCall } from '../api/build-call.ts'
import type { Api, Route } from '../api/routes.ts'
import type { Scene } from './scene.ts'

/** An answer, and the secrets that its own caller had put into the request: to him they are none. */
export type Told = { what: string; text: string; sent: string[] }

type Place = { name: string; put(call: BuiltCall, secret: string): BuiltCall }

const header = (name: string, around = (secret: string) => secret): Place => ({
  name: `the header ${name}`,
  put: (call, secret) => ({ ...call, headers: { ...call.headers, [name]: around(secret) } }),
})
const query = (name: string): Place => ({
  name: `the parameter ${name}`,
  put: (call, secret) => ({
    ...call,
    path: `${call.path}${call.path.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(secret)}`,
  }),
})
const body = (name: string, spell: (secret: string) => string, type = 'application/json'): Place => ({
  name,
  put: (call, secret) => ({ ...call, headers: { ...call.headers, 'content-type': type }, body: spell(secret) }),
})

/** Whatever they hold, nobody keeps it. */
const unkept: readonly Place[] = [
  header('cookie', secret => `prilavok_console=${secret}; a=${secret}`),
  header('x-custom'),
  header('user-agent'),
  header('traceparent'),
  header('if-none-match'),
]

/** Only without credentials: with them the query log would keep what a shop has written of others' secrets. */
const refused: readonly Place[] = [
  header(headers.apiKey),
  header('authorization'),
  header('authorization', secret => `Basic ${secret}`),
  header('authorization', secret => `OAuth oauth_token="${secret}", oauth_client_id="x"`),
  header('authorization', secret => `Bearer ${secret} x`),
  // The answer quotes them, and answers are kept.
  header('content-type'),
  header('content-encoding'),
  ...['limit', 'pageToken', 'chatId', 'unknown'].map(query),
  body('JSON that is cut', secret => `{"message":"${secret}`),
  body('a field of another type', secret => `{"name":{"a":"${secret}"},"businessId":"${secret}","text":["${secret}"]}`),
  body('a form that is none', secret => `--b\r\n${secret}`, 'multipart/form-data; boundary=b'),
  {
    name: 'the path',
    put: (call, secret) => ({ ...call, path: `${call.path.split('?')[0]}/${encodeURIComponent(secret)}` }),
  },
  {
    name: 'another verb',
    put: (call, secret) => ({ ...call, verb: 'OPTIONS', path: `${call.path}?a=${encodeURIComponent(secret)}` }),
  },
]

/** A shop's own key, where it must not be, of a request that is logged. */
const ofOwnKey: readonly Place[] = [
  header('content-encoding'),
  ...['limit', 'pageToken', 'unknown'].map(query),
  body('JSON that is cut', secret => `{"message":"${secret}`),
  body(
    'an escaped body',
    secret => `{"unknown":"${secret.replace(/./g, one => `\\u00${one.charCodeAt(0).toString(16)}`)}`,
  ),
]

export async function sendEverywhere(scene: Scene, route: Route, names: readonly string[]): Promise<Told[]> {
  const { secrets, shop, url } = scene
  const plain = buildCall({ route, optional: undefined }, idsOf(scene)).call
  const own = 'the Api-Key'
  const tries = names.flatMap(name => [
    ...unkept.map(place => ({ place, name, token: tokenOf(scene, route.api) })),
    ...refused.map(place => ({ place, name, token: undefined })),
  ])
  if (route.api === 'published') tries.push(...ofOwnKey.map(place => ({ place, name: own, token: shop.token })))
  const told = await Promise.all(
    tries
      // Streams have no end, and what a lab does to the clock or the data is not of this proof.
      .filter(({ token }) => token === undefined || (!route.isStream && route.api !== 'lab' && route.verb !== 'DELETE'))
      .map(async ({ place, name, token }) => ({
        what: `${route.name} with ${name} in ${place.name}`,
        text: await ask(url, place.put(plain, secrets[name] ?? ''), token),
        sent: [name, ...givenBy(route)],
      })),
  )
  const [name = own] = names
  return [...told, { what: 'bytes that are no HTTP', text: await speak(url, `${secrets[name]}\r\n\r\n`), sent: [name] }]
}

/** Operations that give out words or secrets to whom they belong. */
function givenBy({ api }: Route): string[] {
  return api === 'lab' ? [] : ["the buyer's text"]
}

function tokenOf({ shop, buyer, adminToken }: Scene, api: Api): string {
  return { published: shop.token, files: shop.token, buyer: buyer.token, admin: adminToken, lab: adminToken }[api]
}

function idsOf({ shop, buyer }: Scene): Record<string, string> {
  const { businessId, campaignId, chatId, messageId, orderId } = shop
  const ids = {
    businessId,
    campaignId,
    chatId,
    messageId,
    orderId,
    publicId: buyer.publicId,
    customerPublicId: buyer.publicId,
  }
  return Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, `${id}`]))
}

function ask(url: string, call: BuiltCall, token: string | undefined): Promise<string> {
  const credentials = token === undefined ? {} : { [headers.apiKey]: token, authorization: `Bearer ${token}` }
  const length = call.body === undefined ? {} : { 'content-length': Buffer.byteLength(call.body) }
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${call.path}`, {
      agent: false,
      method: call.verb,
      headers: { ...credentials, ...length, ...call.headers },
    })
    sent.on('error', reject).on('response', async answer => {
      const text = Buffer.concat(await answer.toArray()).toString()
      // What succeeds may give out a secret: to whom it was made for.
      resolve((answer.statusCode ?? 0) < 400 ? '' : `${JSON.stringify(answer.headers)} ${text}`)
    })
    sent.end(call.body)
  })
}

async function speak(url: string, bytes: string): Promise<string> {
  const connection = await openConnection(url)
  connection.socket.write(bytes)
  return connection.closed
}
