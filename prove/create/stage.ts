import { askAdminFor } from '../../test/support/admin.ts'
import { type Buyer, makeBuyer } from '../../test/support/buyer.ts'
import { makeScene, type Scene } from '../../test/support/published-calls.ts'
import { makeReceiver } from '../../test/support/receiver.ts'
import { whenOver } from '../../test/support/run-context.ts'
import { startSecond } from '../../test/support/second-market.ts'
import { subscribe } from '../../test/support/subscriptions.ts'
import { openMarket, type TestMarket } from '../../test/support/test-market.ts'

/** A business that takes direct messages and is told of new chats, its customer, and two processes to call. */
export type Stage = { market: TestMarket; at: { url: string; adminToken: string }[]; scene: Scene; buyer: Buyer }

export async function makeStage(): Promise<Stage> {
  const { market, close } = await openMarket()
  whenOver(close)
  const second = await startSecond(market)
  const scene = await makeScene(market)
  await askAdminFor(market, `PATCH /businesses/${scene.businessId}`, { directMessages: 'all' })
  const { url } = await makeReceiver()
  await subscribe(market.sql, scene, { url, types: ['chat_created'] })
  const buyer = await makeBuyer(market, scene.customer.publicId)
  return { market, at: [market, second], scene, buyer }
}

/** The work of so many callers of one moment, each at one of the processes in turn. */
export function atOnce<Answer>(
  { at }: Stage,
  count: number,
  call: (at: { url: string; adminToken: string }, turn: number) => Promise<Answer>,
): Promise<Answer[]> {
  const [first] = at
  if (!first) throw new Error('there is no process to call')
  return Promise.all(Array.from({ length: count }, (_caller, turn) => call(at[turn % at.length] ?? first, turn)))
}
