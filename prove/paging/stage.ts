import type { ChatId } from '#contract'
import type { MovableClock } from '../../src/kit/clock.ts'
import { makeBusiness, type TestBusiness } from '../../test/support/business.ts'
import { type Buyer, makeBuyer } from '../../test/support/buyer.ts'
import type { TestMarket } from '../../test/support/test-market.ts'

const chats = 12

/** A business whose chats all are of one customer; `talk` is the chat whose history is walked. */
export type Stage = {
  market: TestMarket
  clock: MovableClock
  shop: TestBusiness
  buyer: Buyer
  chatIds: ChatId[]
  talk: ChatId
}

export async function makeStage(market: TestMarket, clock: MovableClock): Promise<Stage> {
  const shop = await makeBusiness(market)
  const chatIds = await Promise.all(Array.from({ length: chats }, () => shop.makeChat()))
  const buyer = await makeBuyer(market, shop.customer.publicId)
  return { market, clock, shop, buyer, chatIds, talk: await shop.makeChat() }
}

/** The same with a new chat to talk in, in which so many messages are. */
export async function makeTalk(stage: Stage, messages: number): Promise<Stage> {
  const talk = await stage.shop.makeChat()
  for (let count = 0; count < messages; count++) await write(stage, talk)
  return { ...stage, talk }
}

export type Who = 'partner' | 'customer'

export async function write({ market, shop }: Stage, chatId: ChatId, who: Who = 'partner'): Promise<void> {
  const content = { kind: 'text', body: 'новое' } as const
  const { postbox } = market.running.market
  const posted = await postbox.post({
    ...{ businessId: shop.businessId, chatId, event: `${who}_writes` as const, sender: who, content },
  })
  if (posted.outcome !== 'done') throw new Error(`a message was not written into chat ${chatId}: ${posted.outcome}`)
}
