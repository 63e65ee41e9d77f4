import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { makeManualClock } from '#kit'
import { sweepFiles } from '../../src/market/files/sweep-files.ts'
import { claimMoment } from '../../src/market/store/directory/settings.ts'
import { expireTestOrders } from '../../src/market/store/orders.ts'
import { doUpkeep } from '../../src/market/upkeep.ts'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { ask } from '../support/http.ts'
import { makeForm } from '../support/published-calls.ts'
import { startSecond } from '../support/second-market.ts'
import { setSavedAt, storedPath } from '../support/stored-file.ts'
import { fileStoreKinds, useMarket } from '../support/test-market.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const clock = makeManualClock(new Date('2026-03-01T09:00:00Z'))
describe('several processes that would sweep', () => {
  const market = useMarket()

  test('agree on one of them, once in a while, also if a clock was ahead', async () => {
    const at = (minutes: number) => new Date(clock.now().getTime() + minutes * minuteMs)
    const claim = (minutes: number) => claimMoment(market.sql, 'a sweep', { now: at(minutes), since: at(minutes - 50) })

    const first = await Promise.all([0, 0, 0].map(claim))
    const later = [await claim(49), await claim(51), await claim(52), await claim(-600), await claim(52)]

    expect(first.sort()).toEqual([false, false, true])
    expect(later).toEqual([false, true, false, true, true])
  })

  test('agree also if the second to be heard has read its clock before the first', async () => {
    const claim = (atMs: number) =>
      claimMoment(market.sql, 'another sweep', { now: new Date(atMs), since: new Date(atMs - 50 * minuteMs) })

    expect([await claim(1_000_000_001), await claim(1_000_000_000)]).toEqual([true, false])
  })

  test('do so when they do their chores', async () => {
    const second = await startSecond(market)
    const lists = [market.running.market, second.market].map(({ files }) => vi.spyOn(files, 'listOlder'))

    await Promise.all([doUpkeep(market.running.market), doUpkeep(second.market)])

    expect(lists.map(({ mock }) => mock.calls.length).sort()).toEqual([0, 1])
  })
})

describe.each(fileStoreKinds)('with files in a %s:', store => {
  const market = useMarket({ clock, store })

  const bytesOf = (text: string) => new TextEncoder().encode(text)
  const sweep = () => sweepFiles({ ...market.running.market, now: clock.now() })

  /** The path of a file that no message names, as a post that failed leaves it. */
  async function saveOrphan({ businessId }: TestBusiness, content: string, ageMinutes: number): Promise<string> {
    const { files } = market.running.market
    const { hash } = await files.save(
      businessId,
      (async function* () {
        yield Buffer.from(content)
      })(),
    )
    const path = storedPath(market, businessId, hash)
    const writtenAt = new Date(clock.now().getTime() - ageMinutes * minuteMs)
    setSavedAt(path, writtenAt)
    return path
  }

  /** Sends the content to the chat; its file is where an orphan with that content is, and as old. */
  async function sendFile(
    shop: TestBusiness,
    chatId: bigint | number,
    content: string,
    ageMinutes: number,
  ): Promise<string> {
    const url = `${market.url}/v2/businesses/${shop.businessId}/chats/file/send?chatId=${chatId}`
    const headers = { 'api-key': shop.token }
    const reply = await ask(url, { method: 'POST', headers, body: makeForm(bytesOf(content), 'a.txt') })
    expect(reply.status).toBe(200)
    return saveOrphan(shop, content, ageMinutes)
  }

  test('a file stays as long as a message names it; without one it goes after an hour', async () => {
    const shop = await makeBusiness(market)
    const named = await sendFile(shop, await shop.makeChat(), 'named', 600)
    const old = await saveOrphan(shop, 'old', 61)
    const fresh = await saveOrphan(shop, 'fresh', 59)

    const removed = await sweep()

    expect([named, old, fresh].map(path => existsSync(path))).toEqual([true, false, true])
    expect(removed).toBe(1)
  })

  test('each business has its own file of the same content, and its own messages', async () => {
    const [one, two] = [await makeBusiness(market), await makeBusiness(market)]
    const named = await sendFile(one, await one.makeChat(), 'same', 90)
    const orphan = await saveOrphan(two, 'same', 90)

    await sweep()

    expect([named, orphan].map(path => existsSync(path))).toEqual([true, false])
  })

  test('content that is sent again is as young as its last sending', async () => {
    const shop = await makeBusiness(market)
    const path = await saveOrphan(shop, 'again', 90)
    const { files } = market.running.market
    clock.advance(Date.now() - clock.now().getTime())

    const { hash } = await files.save(
      shop.businessId,
      (async function* () {
        yield Buffer.from('again')
      })(),
    )
    await sweep()

    expect(storedPath(market, shop.businessId, hash)).toBe(path)
    expect(existsSync(path)).toBe(true)
  })

  test('content that is sent again while the sweep looks for messages stays', async () => {
    const shop = await makeBusiness(market)
    const path = await saveOrphan(shop, 'raced', 90)
    const { files } = market.running.market
    const hour = new Date(clock.now().getTime() - 60 * minuteMs)
    const [found] = await Array.fromAsync(files.listOlder(hour))

    await saveOrphan(shop, 'raced', 0)
    const hasGone = await files.removeOlder(shop.businessId, found?.hashes[0] ?? '', hour)

    expect([hasGone, existsSync(path)]).toEqual([false, true])
  })

  // The same for S3, where it goes another way, is in s3-removals.test.ts.
  test.runIf(store === 'folder')('content that is sent again while the sweep looks how old it is stays', async () => {
    const shop = await makeBusiness(market)
    const path = await saveOrphan(shop, 'raced again', 90)
    // It is compared with the file's age between the look at the file and its removal: in this moment the file is saved anew.
    class Hour extends Date {
      override valueOf(): number {
        if (existsSync(path)) setSavedAt(path, clock.now())
        return super.valueOf()
      }
    }
    const hour = new Hour(clock.now().getTime() - 60 * minuteMs)

    const hasGone = await market.running.market.files.removeOlder(shop.businessId, basename(path), hour)

    expect([hasGone, existsSync(path)]).toEqual([false, true])
  })

  test('the files of a test order go when it is over', async () => {
    const shop = await makeBusiness(market)
    const orders = `/businesses/${shop.businessId}/test-orders` as const
    const asked = { campaignId: shop.campaignId }
    const { order } = await askAdminFor<{ order: { orderId: number } }>(market, `POST ${orders}`, asked)
    const { chatId } = await askAdminFor<{ chatId: number }>(market, `POST ${orders}/${order.orderId}/chat`)
    const path = await sendFile(shop, chatId, 'of a test', 90)

    await sweep()
    const wasThere = existsSync(path)
    clock.advance(11 * dayMs)
    await expireTestOrders(market.running.market.sql, clock.now())
    await sweep()

    expect([wasThere, existsSync(path)]).toEqual([true, false])
  })
})
