import { MarketClient, type SentOnce } from '#client'
import { makeChance } from '#kit'
import { type FaultProxy, faultKinds, startFaultProxy } from '../test/support/fault-proxy.ts'
import { makeQuickClock, quickness } from '../test/support/quick-clock.ts'
import type { Proof } from './proof.ts'
import { countOutcomes, findLies, findWrongFiles, type Said } from './send/judge-sends.ts'
import type { Shop } from './world/shop.ts'
import { makeWorld, type World } from './world/world.ts'

const sizes = { quick: { sends: 500, files: 60 }, full: { sends: 10_000, files: 2000 } }
const writers = 4
const faultShare = 0.3
// Enough for a busy machine: no send is given up because the proof is slow.
const timeoutMs = 10_000 * quickness
const withoutDoubles = faultKinds.filter(kind => kind !== 'duplicate')

/** A shop sends through a network that fails three times in ten: with idempotency keys, without them, and files. */
export const send: Proof = {
  promise:
    'What a send says is true: confirmed is there once, not sent is not there, and what nobody can know is unknown',
  async prove({ size, seed, say }) {
    const { sends, files } = sizes[size]
    const world = await makeWorld({ shops: 3, chats: 40, isTold: false })
    const [keyed, keyless, control] = world.shops
    if (!keyed || !keyless || !control) throw new Error('three shops were asked for')
    const target = world.url
    const plans = [
      { name: 'with keys', shop: keyed, least: 0.97, proxy: { target, seed, share: faultShare } },
      {
        name: 'without keys',
        shop: keyless,
        least: 0.7,
        // A request that the network doubles is written twice where no key tells the two apart.
        proxy: { target, seed, share: faultShare, kinds: withoutDoubles, hidesIdempotency: true },
      },
    ]
    const figures: string[] = []
    const broken: string[] = []
    for (const { name, shop, least, proxy } of plans) {
      say(`${sends} sends ${name} …`)
      const said = await sendAll(shop, await startFaultProxy(proxy), { sends, seed })
      const counts = countOutcomes(said)
      figures.push(`${said.length} sends ${name}: ${counts.confirmed} confirmed, ${counts.unknown} unknown`)
      broken.push(...findLies(said, await readSent(world, shop)).map(line => `${name}: ${line}`))
      if (counts.confirmed < sends * least) broken.push(`${name}: only ${counts.confirmed} of ${sends} were confirmed`)
    }
    const sentFiles = await sendFiles(keyed, await startFaultProxy({ target, seed, share: faultShare }), files)
    broken.push(...findWrongFiles(sentFiles, await countFiles(world, keyed)))
    // Doubled where nothing can tell the two apart: if this is not seen, nothing would be.
    const doubling = { target, seed, share: 1, kinds: ['duplicate'] as const, hidesIdempotency: true }
    const doubled = await sendAll(control, await startFaultProxy(doubling), { sends: 10, seed })
    if (findLies(doubled, await readSent(world, control)).length === 0)
      broken.push('control: a doubled send was not seen')
    return { figures: `${figures.join('; ')}; ${sentFiles.size} files`, broken }
  },
}

type Plan = { sends: number; seed: number }

async function sendAll(shop: Shop, proxy: FaultProxy, { sends, seed }: Plan): Promise<Said[]> {
  const said: Said[] = []
  const newest = new Map<bigint, bigint>()
  const queue = Array.from({ length: sends }, (_send, index) => index).values()
  const work = async (client: MarketClient) => {
    for (const index of queue) {
      const chatId = shop.chatIds[Math.floor(index / 2) % shop.chatIds.length] ?? 0n
      const text = textOf(index)
      const since = newest.get(chatId)
      const sent: SentOnce = await client.messages.sendOnce(chatId, text, since === undefined ? {} : { since })
      if (sent.state === 'confirmed') newest.set(chatId, sent.messageId)
      said.push({ chatId, text, outcome: sent.state, ...('messageId' in sent && { messageId: sent.messageId }) })
    }
  }
  const clients = Array.from({ length: writers }, (_client, index) => makeClient(shop, proxy, [seed, index]))
  await Promise.all(clients.flatMap(client => [work(client), work(client), work(client), work(client)]))
  return said
}

/** Every tenth text is the same in its chat, as thanks are. */
const textOf = (index: number) => (index % 10 === 0 ? 'Спасибо!' : `Письмо ${index}`)

function makeClient({ businessId, token: apiKey }: Shop, { url: baseUrl }: FaultProxy, seed: number[]): MarketClient {
  const { next: random } = makeChance('client', ...seed)
  return new MarketClient({ apiKey, businessId, baseUrl, parallel: 4, clock: makeQuickClock(), random, timeoutMs })
}

/** Sends small files, each under a name of its own; returns what was said of each. */
async function sendFiles(shop: Shop, proxy: FaultProxy, count: number): Promise<Map<string, string>> {
  const client = makeClient(shop, proxy, [0])
  await client.chats.get(shop.chatIds[0] ?? 0n)
  const queue = Array.from({ length: count }, (_file, index) => index).values()
  const said = new Map<string, string>()
  const work = async () => {
    for (const index of queue) {
      const name = `${index}.txt`
      const file = { name, data: new TextEncoder().encode(name), type: 'text/plain' }
      const sent = client.messages.sendFile(shop.chatIds[index % shop.chatIds.length] ?? 0n, file)
      said.set(
        name,
        await sent.then(
          ({ state }) => state,
          error => error.name,
        ),
      )
    }
  }
  await Promise.all(Array.from({ length: writers }, work))
  return said
}

async function readSent({ sql }: World, { businessId }: Shop) {
  return sql<{ chatId: bigint; messageId: bigint; text: string }[]>`
    select chat_id as "chatId", message_id as "messageId", body as text from market.messages
     where business_id = ${businessId} and sender = 'partner' and kind = 'text'`
}

async function countFiles({ sql }: World, { businessId }: Shop): Promise<Map<string, number>> {
  const rows = await sql<{ name: string; times: number }[]>`
    select file_name as name, count(*)::integer as times from market.messages
     where business_id = ${businessId} and kind = 'file' group by 1`
  return new Map(rows.map(({ name, times }) => [name, times]))
}
