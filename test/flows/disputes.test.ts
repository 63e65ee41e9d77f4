import { expect, test } from 'vitest'
import { askAdmin, askAdminFor, problemOf } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { type Buyer, makeBuyer, openOrderChat } from '../support/buyer.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

type Dispute = { shop: TestBusiness; buyer: Buyer; chat: `/businesses/${string}`; chatId: number }
type Step = [who: string, act: (dispute: Dispute) => Promise<{ status: number }>, status: number, chat: string]

async function makeConversation(): Promise<Dispute> {
  const shop = await makeBusiness(market)
  const buyer = await makeBuyer(market, shop.customer.publicId)
  const chat = await openOrderChat(buyer, shop, await shop.makeOrder())
  return { shop, buyer, chat, chatId: Number(chat.split('/').at(-1)) }
}

async function stateOf({ shop, chatId }: Dispute): Promise<string> {
  const { body } = await shop.call(`/chat?chatId=${chatId}`)
  const { type, status } = (body as { result: { type: string; status: string } }).result // the published answer
  return `${type}/${status}`
}

const opens = ({ buyer, chat }: Dispute) => buyer.ask(`POST ${chat}/dispute`, { reason: 'Чайник разбит' })
const buyerWrites = ({ buyer, chat }: Dispute) => buyer.ask(`POST ${chat}/messages`, { text: 'Вот фото' })
const shopWrites = ({ shop, chatId }: Dispute) =>
  shop.call(`/chats/message?chatId=${chatId}`, { message: 'Не наша вина' })
const staffWrites =
  (waitFor?: string) =>
  ({ chat }: Dispute) =>
    askAdmin(market, `POST ${chat}/support-messages`, { text: 'Разбираемся', waitFor })
const marketWrites = ({ chat }: Dispute) => askAdmin(market, `POST ${chat}/market-messages`, { text: 'Спор открыт' })
const finishes = ({ chat }: Dispute) => askAdmin(market, `POST ${chat}/dispute/finish`)
const closes = ({ chat }: Dispute) => askAdmin(market, `POST ${chat}/close`)

async function walk(steps: Step[]): Promise<void> {
  const dispute = await makeConversation()
  for (const [index, [who, act, status, chat]] of steps.entries()) {
    const reply = await act(dispute)
    expect([index, who, reply.status, await stateOf(dispute)]).toEqual([index, who, status, chat])
  }
}

test('a dispute goes from its opening through the questions of the arbiter to its end', () =>
  walk([
    ['the buyer opens it', opens, 201, 'ARBITRAGE/WAITING_FOR_ARBITER'],
    ['the market tells of it', marketWrites, 201, 'ARBITRAGE/WAITING_FOR_ARBITER'],
    ['the arbiter asks the shop', staffWrites('partner'), 201, 'ARBITRAGE/WAITING_FOR_PARTNER'],
    ['the shop answers', shopWrites, 200, 'ARBITRAGE/WAITING_FOR_ARBITER'],
    ['the arbiter asks the buyer', staffWrites('customer'), 201, 'ARBITRAGE/WAITING_FOR_CUSTOMER'],
    ['the buyer answers', buyerWrites, 201, 'ARBITRAGE/WAITING_FOR_ARBITER'],
    ['the arbiter waits for the market', staffWrites('market'), 201, 'ARBITRAGE/WAITING_FOR_MARKET'],
    ['the arbiter takes it back', staffWrites('arbiter'), 201, 'ARBITRAGE/WAITING_FOR_ARBITER'],
    ['the arbiter explains', staffWrites(), 201, 'ARBITRAGE/WAITING_FOR_ARBITER'],
    ['the arbiter finishes it', finishes, 200, 'ARBITRAGE/FINISHED'],
  ]))

test('what a chat does not allow in its state is refused and changes nothing', () =>
  walk([
    ['nothing to finish', finishes, 409, 'CHAT/NEW'],
    ['no arbiter without a dispute', staffWrites('arbiter'), 409, 'CHAT/NEW'],
    ['the dispute', opens, 201, 'ARBITRAGE/WAITING_FOR_ARBITER'],
    ['a second one', opens, 409, 'ARBITRAGE/WAITING_FOR_ARBITER'],
    ['closing over the dispute', closes, 409, 'ARBITRAGE/WAITING_FOR_ARBITER'],
    ['its end', finishes, 200, 'ARBITRAGE/FINISHED'],
    ['a second end', finishes, 409, 'ARBITRAGE/FINISHED'],
    ['no arbiter any more', staffWrites('arbiter'), 409, 'ARBITRAGE/FINISHED'],
    ['a dispute over the finished one', opens, 409, 'ARBITRAGE/FINISHED'],
    ['closing what is finished', closes, 200, 'ARBITRAGE/FINISHED'],
    ['the buyer writes again', buyerWrites, 201, 'CHAT/WAITING_FOR_PARTNER'],
    ['and disputes again', opens, 201, 'ARBITRAGE/WAITING_FOR_ARBITER'],
  ]))

test('a chat without a dispute is closed, takes nothing of the shop, and opens again when the buyer writes', () =>
  walk([
    ['staff asks the shop', staffWrites('partner'), 201, 'CHAT/WAITING_FOR_PARTNER'],
    ['it is closed', closes, 200, 'CHAT/FINISHED'],
    ['and again', closes, 200, 'CHAT/FINISHED'],
    ['an automatic message', marketWrites, 201, 'CHAT/FINISHED'],
    ['a word of staff', staffWrites(), 201, 'CHAT/FINISHED'],
    ['the shop writes', shopWrites, 400, 'CHAT/FINISHED'],
    ['the buyer writes', buyerWrites, 201, 'CHAT/WAITING_FOR_PARTNER'],
  ]))

test('a refusal says why, and what to do', async () => {
  const dispute = await makeConversation()
  const nothing = await finishes(dispute)
  await opens(dispute)
  const second = await opens(dispute)
  const close = await closes(dispute)

  const details = [nothing, second, close].map(reply => problemOf(reply).detail)
  expect(details).toEqual([
    'There is no dispute in this chat to finish.',
    'A dispute is open in this chat already: write a message in it.',
    'A dispute is open in this chat: finish the dispute, which finishes the chat too.',
  ])
})

test('the reason is the message of the customer that begins the dispute, once, however many ask for it', async () => {
  const dispute = await makeConversation()

  const replies = await Promise.all(Array.from({ length: 8 }, () => opens(dispute)))
  await staffWrites()(dispute)
  await marketWrites(dispute)
  const history = await dispute.shop.call(`/chats/history?chatId=${dispute.chatId}`, {})

  expect(replies.map(reply => reply.status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)])
  expect(history.body).toMatchObject({
    result: {
      messages: [
        { sender: 'CUSTOMER', message: 'Чайник разбит' },
        { sender: 'SUPPORT', message: 'Разбираемся' },
        { sender: 'MARKET', message: 'Спор открыт' },
      ],
    },
  })
})

test('a direct chat has no disputes', async () => {
  const shop = await makeBusiness(market)
  await askAdminFor(market, `PATCH /businesses/${shop.businessId}`, { directMessages: 'all' })
  const buyer = await makeBuyer(market)
  const opened = await buyer.ask('POST /chats', { businessId: shop.businessId })
  const { chatId } = opened.body as { chatId: number } // as the operation answers

  const reply = await buyer.ask(`POST /businesses/${shop.businessId}/chats/${chatId}/dispute`, { reason: 'Хочу спор' })

  expect(problemOf(reply)).toMatchObject({ status: 409, detail: expect.stringContaining('direct chat') })
})
