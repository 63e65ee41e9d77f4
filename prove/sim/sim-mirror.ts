import { type ChatStore, createReceiver, MarketClient, type MessageNotification, makeHints, syncChats } from '#client'
import type { SimAnswer, SimRequest } from './network.ts'
import type { SimProcess } from './sim-process.ts'
import type { SimShop } from './sim-shops.ts'

type Parts = {
  shop: SimShop
  store: ChatStore
  fetch: typeof fetch
  aheadMs: number
  hasHints: boolean
  isPrompt: boolean
  onEnd(error: unknown): void
}

const storeMs = 2

/** A shop's program: it mirrors the chats into its store and takes notifications. It may die at any moment; the store lives on. */
export class SimMirror {
  readonly process: SimProcess
  readonly #receive

  constructor(process: SimProcess, { shop, store, fetch, aheadMs, hasHints, isPrompt, onEnd }: Parts) {
    this.process = process
    const clock = process.clientClock(aheadMs)
    const hints = makeHints()
    const onMessage = (notification: MessageNotification) => {
      const { chatId, messageId } = notification
      shop.receiver.arrivals.push({ body: { chatId, messageId: `${messageId}` } })
      hints.tell(notification)
    }
    this.#receive = createReceiver({
      ...{ name: shop.name, businessId: shop.businessId, onMessage },
      // By a clock that is far off no signature is right.
      clock: process.clientClock(),
      ...{ onChatCreated: hints.tell, onDisputeStarted: hints.tell, onDisputeFinished: hints.tell },
      verify: { secrets: shop.secret },
    })
    const { token: apiKey, businessId } = shop
    const random = () => process.chance.next()
    const market = new MarketClient({ apiKey, businessId, baseUrl: 'http://market.sim', fetch, clock, random })
    void syncChats(market, storeOf(process, store), {
      clock,
      promptly: () => isPrompt,
      ...(hasHints && { hints }),
    }).catch(onEnd)
  }

  async serve({ url, headers, body }: SimRequest): Promise<SimAnswer> {
    const receiving = this.#receive(new Request(url, { method: 'POST', headers, body }))
    const answer = await this.process.time.during(receiving)
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
  }
}

/** Between a call and its effect, and between that and its answer, the process may die. */
function storeOf(process: SimProcess, store: ChatStore): ChatStore {
  const slowly = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    const travel = () => process.wait(process.chance.between(0, storeMs), { kind: 'step' })
    await travel()
    const result = await act()
    await travel()
    return result
  }
  return {
    known: () => store.known(),
    readNotes: () => slowly(() => store.readNotes()),
    writeNotes: notes => slowly(() => store.writeNotes(notes)),
    putChats: chats => slowly(() => store.putChats(chats)),
    putMessages: (chatId, messages, mark) => slowly(() => store.putMessages(chatId, messages, mark)),
    readChat: chatId => slowly(() => store.readChat(chatId)),
  }
}
