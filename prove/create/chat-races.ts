import { ask, type Reply } from '../../test/support/http.ts'
import { makeCall, send } from '../../test/support/published-calls.ts'
import { atOnce, type Stage } from './stage.ts'

type Context = { type: 'ORDER' | 'RETURN'; id: bigint }

export function openChat({ url }: { url: string }, { scene }: Stage, context: Context): Promise<Reply> {
  return send({ url }, { ...makeCall('createChat', scene), json: { context } })
}

function openAsBuyer({ url }: { url: string }, { scene, buyer }: Stage, about: object): Promise<Reply> {
  const { businessId } = scene
  return ask(`${url}/buyer/v1/chats`, { method: 'POST', headers: buyer.headers, json: { businessId, ...about } })
}

export async function chatAboutOrder(stage: Stage, count: number): Promise<string[]> {
  const id = await stage.scene.makeOrder()
  return raceForChat(stage, count, { context: { type: 'ORDER', id }, about: { orderId: id } })
}

export async function chatAboutReturn(stage: Stage, count: number): Promise<string[]> {
  const id = await stage.scene.makeReturn()
  return raceForChat(stage, count, { context: { type: 'RETURN', id }, about: { returnId: id } })
}

/** The shop and the buyer open it. */
async function raceForChat(stage: Stage, count: number, { context, about }: { context: Context; about: object }) {
  const answers = await atOnce(stage, count, (at, turn) =>
    turn % 3 === 0 ? openAsBuyer(at, stage, about) : openChat(at, stage, context),
  )
  return judgeChat(stage, answers, { type: context.type.toLowerCase(), id: context.id })
}

/** Once and again: there is one direct chat of a customer with a business, whoever asks. */
export async function directChat(stage: Stage, count: number): Promise<string[]> {
  const answers = await atOnce(stage, count, at => openAsBuyer(at, stage, {}))
  const [customer] = await stage.market.sql<[{ id: bigint }]>`
    select customer_id as id from market.customers where public_id = ${stage.buyer.publicId}`
  return judgeChat(stage, answers, { type: 'direct', id: customer.id })
}

async function judgeChat({ market, scene }: Stage, answers: Reply[], { type, id }: { type: string; id: bigint }) {
  const chats = await market.sql<{ chatId: bigint; deliveries: number }[]>`
    select c.chat_id as "chatId",
           (select count(*)::integer from market.deliveries d
             where d.lane = c.lane and d.business_id = c.business_id and d.chat_id = c.chat_id and d.type = 'chat_created') as deliveries
      from market.chats c where c.business_id = ${scene.businessId} and c.context_type = ${type} and c.context_id = ${id}`
  const told = new Set(answers.map(({ status, text }) => `${status} ${/"chatId":\d+/.exec(text)?.[0]}`))
  const wanted = `200 "chatId":${chats[0]?.chatId}`
  return [
    ...(chats.length === 1 ? [] : [`${chats.length} chats about ${type} ${id}`]),
    ...[...told]
      .filter(answer => answer !== wanted)
      .map(answer => `${type} ${id} was answered ${answer}, not ${wanted}`),
    ...chats
      .filter(({ deliveries }) => deliveries !== 1)
      .map(({ chatId, deliveries }) => `chat ${chatId} was announced ${deliveries} times`),
  ]
}

/** Each opens the chat and writes into it at once. */
export async function chatAndWords(stage: Stage, count: number): Promise<string[]> {
  const { market, scene } = stage
  const id = await scene.makeOrder()
  const answers = await atOnce(stage, count, async (at, turn) => {
    const { text } = await openChat(at, stage, { type: 'ORDER', id })
    const chatId = /"chatId":(\d+)/.exec(text)?.[1]
    const path = `${at.url}/v2/businesses/${scene.businessId}/chats/message?chatId=${chatId}`
    return ask(path, { method: 'POST', headers: { 'api-key': scene.token }, json: { message: `${turn}` } })
  })
  const rows = await market.sql<{ body: string }[]>`
    select m.body from market.messages m join market.chats c using (lane, business_id, chat_id)
     where c.business_id = ${scene.businessId} and c.context_id = ${id}`
  const written = rows.map(({ body }) => Number(body)).toSorted((a, b) => a - b)
  return [
    ...answers
      .filter(({ status }) => status !== 200)
      .map(({ status, text }) => `a message was answered ${status} ${text}`),
    ...(written.join() === Array.from({ length: count }, (_each, turn) => turn).join() ? [] : [`written: ${written}`]),
  ]
}
