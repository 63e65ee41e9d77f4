import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Chance } from '../../src/kit/chance.ts'
import { openConnection, type RawConnection, spellHead } from '../../test/support/raw-http.ts'
import { hashOf, type Outcome } from '../evidence/history.ts'
import type { Shop } from '../world/shop.ts'
import type { World } from '../world/world.ts'
import { boundary, type UploadKind, uploadKinds, wholeForm } from './kinds.ts'

const patienceMs = 30_000
const sizesBytes = { min: 200, max: 200_000 }

/** Each kind once, all at once. What must not be there is written down as refused, whatever the answer was. */
export async function uploadAll(world: World, chance: Chance): Promise<void> {
  const files = uploadKinds.map(kind => ({ kind, bytes: makeBytes(chance) }))
  await Promise.all(
    files.map(({ kind, bytes }) =>
      act(world, bytes, async shop => {
        const outcome = await uploadOnce(world, shop, kind, bytes)
        if (outcome === kind.outcome || kind.outcome === 'fail') return kind.outcome
        throw new Error(`an upload ${kind.name} came to ${outcome}`)
      }),
    ),
  )
}

async function uploadOnce(world: World, shop: Shop, kind: UploadKind, bytes: Buffer): Promise<Outcome> {
  const body = kind.body(bytes)
  const connection = await begin(world, shop, kind.headers?.(body) ?? { 'content-length': `${body.length}` })
  connection.socket.write(body)
  if (kind.isEnded) connection.socket.end()
  const status = await Promise.race([statusOf(connection), wait(patienceMs, undefined, { ref: false })])
  connection.socket.destroy()
  if (status === undefined || status >= 500) return 'unknown'
  return status === 200 ? 'ok' : 'fail'
}

async function statusOf({ answered }: RawConnection): Promise<number | undefined> {
  const text = await answered(/^HTTP\/1\.1 \d{3} [\s\S]*\r\n\r\n./).catch(() => '')
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1]
  return status === undefined ? undefined : Number(status)
}

/** Whole uploads that are cut at some byte of the head or the body, and hung up on in one of two ways. */
export async function cutUploads(world: World, chance: Chance, count: number): Promise<number> {
  const plans = Array.from({ length: count }, () => ({
    bytes: makeBytes(chance),
    at: chance.next(),
    isReset: chance.happens(0.5),
  }))
  await Promise.all(
    plans.map(({ bytes, at, isReset }) =>
      act(world, bytes, async shop => {
        const body = wholeForm(bytes)
        const connection = await begin(world, shop, { 'content-length': `${body.length}` })
        const sent = body.subarray(0, Math.floor(at * body.length))
        await new Promise(resolve => connection.socket.write(sent, resolve))
        isReset ? connection.socket.resetAndDestroy() : connection.socket.destroy()
        await connection.closed
        return 'fail'
      }),
    ),
  )
  return count
}

const atOnce = 12

/** The same content many times at once: as many messages, one file. */
export async function sameAtOnce(world: World, chance: Chance): Promise<string[]> {
  const [shop] = world.shops
  const [kind] = uploadKinds
  if (!shop || !kind) throw new Error('a world without shops sends nothing')
  const bytes = makeBytes(chance)
  const outcomes = await Promise.all(Array.from({ length: atOnce }, () => uploadOnce(world, shop, kind, bytes)))
  const [row] = await world.sql<[{ count: number }]>`
    select count(*)::integer as count from market.messages where file_hash = ${hashOf(bytes)}`
  const done = outcomes.filter(outcome => outcome === 'ok').length
  return done === atOnce && row.count === atOnce
    ? []
    : [`${atOnce} uploads of one content: ${done} answered with OK, ${row.count} messages`]
}

/** Uploads that are under way when the market dies: some of them are half on the disk. */
export async function killDuringUploads(world: World, chance: Chance): Promise<{ uploads: number; halves: number }> {
  const { market, place } = world
  const uploads = Array.from({ length: atOnce }, () => makeBytes(chance, 100_000))
  const folder = join(place.filesFolder, 'incoming')
  const before = readdirSync(folder).length
  const working = uploads.map(bytes =>
    act(world, bytes, async shop => {
      const body = wholeForm(bytes)
      const connection = await begin(world, shop, { 'content-length': `${body.length}` })
      connection.socket.write(body.subarray(0, body.length - 50))
      await connection.closed
      return 'fail'
    }),
  )
  const until = performance.now() + patienceMs
  const wanted = before + Math.ceil(chance.between(1, atOnce))
  while (readdirSync(folder).length < wanted && performance.now() < until) await wait(2)
  await market.kill()
  await Promise.all(working)
  await market.start()
  return { uploads: uploads.length, halves: readdirSync(folder).length - before }
}

function act(world: World, bytes: Buffer, work: (shop: Shop) => Promise<Outcome>): Promise<Outcome> {
  const [shop] = world.shops
  const chatId = shop?.chatIds[0]
  if (!shop || chatId === undefined) throw new Error('a world without shops sends nothing')
  const { businessId } = shop
  return world.history.act({ actor: 'a shop', businessId, chatId, kind: 'file', hash: hashOf(bytes) }, () => work(shop))
}

async function begin({ url }: World, shop: Shop, headers: Record<string, string>): Promise<RawConnection> {
  const connection = await openConnection(url)
  const path = `/v2/businesses/${shop.businessId}/chats/file/send?chatId=${shop.chatIds[0]}`
  const all = { 'api-key': shop.token, 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers }
  connection.socket.write(spellHead('POST', path, all))
  return connection
}

/** Of a size by chance; no two are the same. */
function makeBytes(chance: Chance, min = sizesBytes.min): Buffer {
  return randomBytes(Math.floor(chance.between(min, sizesBytes.max)))
}
