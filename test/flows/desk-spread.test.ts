import { expect, test } from 'vitest'
import { makeBusiness } from '../support/business.ts'
import { forkDesk } from '../support/forked-desk.ts'
import { connectCabinet, startTestDesk } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const hasty = { leaseTtlMs: 900 }
const cabinets = 10

type Lease = { cabinetId: bigint; owner: string | null; epoch: bigint }

const readLeases = () =>
  market.sql<Lease[]>`
    select l.cabinet_id as "cabinetId", l.owner, l.epoch from desk.leases l join desk.cabinets c using (cabinet_id)
     where c.state = 'active' order by cabinet_id`

/** How many each process works, the most first. */
async function readShares(): Promise<number[]> {
  const held = (await readLeases()).filter(({ owner }) => owner !== null)
  return [...Map.groupBy(held, ({ owner }) => owner).values()].map(({ length }) => length).sort((a, b) => b - a)
}

test('cabinets are spread over the desks that live, and a restart moves no others than its own', async () => {
  const first = await startTestDesk(market, hasty)
  for (let n = 0; n < cabinets; n++) await connectCabinet(first, market, await makeBusiness(market))
  await expect.poll(readShares).toEqual([cabinets])

  const second = await startTestDesk(market, hasty)
  const third = await forkDesk(market)
  await expect.poll(readShares).toEqual([4, 3, 3])

  third.process.kill('SIGKILL')
  await third.ended
  await expect.poll(readShares).toEqual([5, 5])

  const before = await readLeases()
  const [{ owner: stays } = { owner: null }] = await market.sql<{ owner: string }[]>`
    select owner from desk.processes order by began_at limit 1`
  await second.stop()
  await startTestDesk(market, hasty)
  await expect.poll(readShares).toEqual([5, 5])
  const after = new Map((await readLeases()).map(lease => [lease.cabinetId, lease]))
  const moved = before.filter(({ cabinetId, epoch }) => after.get(cabinetId)?.epoch !== epoch)
  expect(moved.map(({ owner }) => owner)).not.toContain(stays)
  // Once or twice: a slow restart finds that the other has taken them meanwhile, and gets them back.
  expect(moved).toHaveLength(cabinets / 2)
})

test('what is being sent is not interrupted for the sake of the spread', async () => {
  await market.sql`update desk.cabinets set state = 'paused'`
  const one = await startTestDesk(market, hasty)
  const place = await Promise.all(
    [1, 2].map(async () => {
      const shop = await makeBusiness(market)
      return { chatId: await shop.makeChat(), cabinetId: await connectCabinet(one, market, shop) }
    }),
  )
  const countChats = async () =>
    (await market.sql`select from desk.chats where cabinet_id = any(${place.map(each => each.cabinetId)}::bigint[])`)
      .length
  await expect.poll(countChats).toBe(2)
  for (const { cabinetId, chatId } of place)
    await market.sql`
      insert into desk.answers (cabinet_id, answer_id, chat_id, position, account_id, text, print, state, created_at, leaves_at, next_at)
      values (${cabinetId}, gen_random_uuid(), ${chatId}, nextval('desk.ids'), 'operator', 'раз', 'text раз', 'sending', now(), now(),
              now() + interval '1 hour')`
  const lowest = place.map(({ cabinetId }) => cabinetId).sort()[0] ?? 0n
  await startTestDesk(market, hasty)
  const isSettled = async () =>
    (await market.sql`select from desk.processes where began_at < now() - interval '1.5 seconds'`).length
  await expect.poll(isSettled).toBe(2)
  expect(await readShares()).toEqual([2])

  await market.sql`update desk.answers set state = 'cancelled' where cabinet_id = ${lowest}`

  await expect.poll(readShares).toEqual([1, 1])
})
