import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { ChatStore } from '#client'
import type { Sql } from '../../src/database/connect.ts'
import type { TestS3 } from '../../test/support/s3.ts'
import { storedPath } from '../../test/support/stored-file.ts'
import type { Arrival, Evidence, Mirrored, StoredDelivery, StoredMessage } from './evidence.ts'
import { History, hashOf, type Sighting } from './history.ts'

/** Of a notification that a shop got. */
type Heard = { body: { chatId: number | bigint; messageId?: string } }
type ShopFacts = { businessId: bigint; subscriptionId: bigint; receiver: { arrivals: readonly Heard[] } }
type FilesPlace = { place: { filesFolder: string }; s3: TestS3 | undefined }
type WorldFacts = FilesPlace & { sql: Sql; history: History; shops: readonly ShopFacts[] }
type Kept = { shop: { businessId: bigint }; store: ChatStore }

/** Reads what is left of everything: the database, the disk, the receivers, the mirrors. */
export async function gather(world: WorldFacts, stores: readonly Kept[] = []): Promise<Evidence> {
  const { sql, history, shops } = world
  const rows = await sql<MessageRow[]>`
    select business_id as "businessId", chat_id as "chatId", message_id as "messageId", sender, body, file_hash as "fileHash"
      from market.messages`
  const deliveries = await sql<StoredDelivery[]>`
    select business_id as "businessId", subscription_id as "subscriptionId", message_id as "messageId", state
      from market.deliveries where type = 'message_sent'`
  return {
    ...{ acts: history.acts, leaks: history.leaks, deliveries },
    sightings: [...history.sightings, ...shops.flatMap(sightingsOf)],
    messages: rows.map(toMessage),
    subscriptions: shops,
    arrivals: shops.flatMap(listArrivals),
    files: await hashFiles(world, rows),
    mirrors: await Promise.all(stores.map(readMirror)),
    answers: [],
  }
}

type MessageRow = {
  businessId: bigint
  chatId: bigint
  messageId: bigint
  sender: string
  body: string | null
  fileHash: string | null
}

function toMessage({ body, fileHash, ...row }: MessageRow): StoredMessage {
  return { ...row, hash: fileHash ?? hashOf(body ?? ''), isFile: fileHash !== null }
}

function listArrivals({ businessId, subscriptionId, receiver }: ShopFacts): Arrival[] {
  return receiver.arrivals
    .filter(({ body }) => body.messageId !== undefined)
    .map(({ body }) => ({
      businessId,
      subscriptionId,
      chatId: BigInt(body.chatId),
      messageId: BigInt(body.messageId ?? 0),
    }))
}

/** Notifications are repeated, but what a receiver hears of first comes in order. */
function sightingsOf(shop: ShopFacts): Sighting[] {
  const heard = new History()
  for (const arrival of listArrivals(shop))
    heard.saw(`the receiver of ${shop.businessId}`, arrival, [arrival.messageId])
  return heard.sightings
}

async function hashFiles(
  { place: { filesFolder }, s3 }: FilesPlace,
  rows: readonly MessageRow[],
): Promise<Map<string, string | undefined>> {
  const found = new Map<string, string | undefined>()
  for (const { businessId, fileHash } of rows) {
    if (fileHash !== null) found.set(fileHash, await hashOfFile(storedPath({ filesFolder, s3 }, businessId, fileHash)))
  }
  return found
}

async function hashOfFile(path: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function readMirror({ shop: { businessId }, store }: Kept): Promise<Mirrored> {
  const messages: Mirrored['messages'] = []
  for await (const { chat } of store.known()) {
    const { chatId } = chat
    const stored = await store.readChat(chatId)
    for (const { messageId, text = '', files = [] } of stored?.messages ?? [])
      messages.push({ businessId, chatId, messageId, hash: hashOf(text), isFile: files.length > 0 })
  }
  return { name: `the mirror of business ${businessId}`, businessId, messages }
}

/** Resolves when no delivery is on its way any more. */
export async function untilDelivered(sql: Sql, patienceMs = 60_000): Promise<void> {
  const until = performance.now() + patienceMs
  const count = async () => {
    const [row] = await sql<[{ count: number }]>`
      select count(*)::integer as count from market.deliveries where state in ('waiting', 'in_flight')`
    return row.count
  }
  while ((await count()) > 0) {
    if (performance.now() > until)
      throw new Error(`after ${patienceMs / 1000} s ${await count()} deliveries are still on their way`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
