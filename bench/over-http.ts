import { operations } from '#contract'
import { ask, start } from './child.ts'
import type { Load, Loaded } from './http-load.ts'
import { clients, pgbench } from './pgbench.ts'
import { makeRow, median, type Row } from './row.ts'
import { type BenchBusiness, connectionsPerBusiness, type Stage } from './stage.ts'

const rounds = 3
const secondsPerRound = 5
const text = 'Здравствуйте! Ваш заказ передан в доставку, курьер позвонит за час.'

/** A request over the wire, about a chat. */
type Request = (business: BenchBusiness, chatId: number) => string

export const postRequest: Request = (business, chatId) =>
  wire(business, { path: operations.sendMessageToChat.path, query: `?chatId=${chatId}`, json: { message: text } })

export const chatsRequest: Request = business =>
  wire(business, { path: operations.getChats.path, query: '?limit=20', json: {} })

/** What each connection of every business sends, chat after chat. */
export function connectionsOf(stage: Stage, request: Request): string[][] {
  return stage.businesses.flatMap(business =>
    Array.from({ length: connectionsPerBusiness }, (_, n) => {
      const chats = [...business.chatIds.slice(n * 16), ...business.chatIds.slice(0, n * 16)]
      return chats.map(chatId => request(business, chatId))
    }),
  )
}

/** The same work over HTTP and by pgbench alone, turn and turn about; the medians are compared. */
async function compare(stage: Stage, plan: { name: string; request: Request; script: string }): Promise<Row[]> {
  const connections = connectionsOf(stage, plan.request)
  const load: Load = { port: stage.port, seconds: secondsPerRound, connections }
  await ask<Loaded>(start('http-load.ts'), { ...load, seconds: 2 })
  const overHttp: Loaded[] = []
  const alone: number[] = []
  for (let round = 0; round < rounds; round++) {
    alone.push(await pgbench(stage.server, { script: plan.script, seconds: secondsPerRound }))
    overHttp.push(await ask<Loaded>(start('http-load.ts'), load))
  }
  const refused = overHttp.reduce((sum, { refused }) => sum + refused, 0)
  if (refused > 0) throw new Error(`${plan.name}: ${refused} requests were not answered with 200`)
  const against = `pgbench, ${clients} clients`
  return [
    makeRow({
      name: plan.name,
      value: median(overHttp.map(run => run.perSecond)),
      unit: 'per s',
      against,
      reference: median(alone),
    }),
    makeRow({
      name: `${plan.name}, p99`,
      value: median(overHttp.map(run => run.p99Ms)),
      unit: 'ms',
      against: 'its own p50',
      reference: median(overHttp.map(run => run.p50Ms)),
    }),
  ]
}

type Wire = { path: string; query: string; json: object }

function wire({ businessId, token }: BenchBusiness, { path, query, json }: Wire): string {
  const body = JSON.stringify(json)
  const url = `${path.replace('{businessId}', String(businessId))}${query}`
  const head = [
    `POST ${url} HTTP/1.1`,
    'host: bench',
    `api-key: ${token}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}

/** pgbench picks a chat by chance: the ids of one business's chats are 32 apart. */
function pickChat({ businessId, chatIds }: BenchBusiness): string {
  return `\\set chat ${chatIds[0]} + 32 * random(0, ${chatIds.length - 1})\n\\set business ${businessId}\n`
}

function firstBusiness(stage: Stage): BenchBusiness {
  const business = stage.businesses[0]
  if (!business) throw new Error('the stage has no business')
  return business
}

export function postBench(stage: Stage): Promise<Row[]> {
  const items = `json_build_array(json_build_object('business', :b::bigint, 'chat', :c::bigint, 'customer', null, 'event', 'partner_writes', 'sender', 'partner', 'kind', 'text', 'text', '${text}'))`
  // Any chat of any business, as over HTTP.
  const first = firstBusiness(stage)
  const stride = (stage.businesses[1]?.chatIds[0] ?? 0) - (first.chatIds[0] ?? 0)
  const picks = `\\set n random(0, ${stage.businesses.length - 1})\n\\set b ${first.businessId} + :n\n\\set c ${first.chatIds[0]} + :n * ${stride} + 32 * random(0, ${first.chatIds.length - 1})\n`
  return compare(stage, {
    name: 'posting, 128 connections',
    request: postRequest,
    script: `${picks}select * from market.post_messages(null, now(), ${items});\n`,
  })
}

/** A history of 100 messages in each chat, read whole. */
export async function historyBench(stage: Stage): Promise<Row[]> {
  await fillHistories(stage)
  return compare(stage, {
    name: 'history page of 100',
    request: (business, chatId) =>
      wire(business, { path: operations.getChatHistory.path, query: `?chatId=${chatId}&limit=100`, json: {} }),
    script: `${pickChat(firstBusiness(stage))}select c.*, u.name, u.public_id from market.chats c join market.customers u using (customer_id) where c.lane = market.lane_of(:business) and c.business_id = :business and c.chat_id = :chat;
select * from market.messages where lane = market.lane_of(:business) and business_id = :business and chat_id = :chat and message_id >= 1 order by message_id limit 101;\n`,
  })
}

async function fillHistories({ sql }: Stage): Promise<void> {
  await sql`
    insert into market.messages (lane, business_id, chat_id, message_id, created_at, sender, kind, body)
    select c.lane, c.business_id, c.chat_id, nextval('market.ids'), now(), 'partner', 'text', ${text}
      from market.chats c cross join generate_series(1, 100)`
  await sql`vacuum analyze market.messages`
}

export function chatsBench(stage: Stage): Promise<Row[]> {
  return compare(stage, {
    name: 'chat list of 20',
    request: chatsRequest,
    script: `${pickChat(firstBusiness(stage))}select c.*, u.name, u.public_id, pg_current_snapshot()::text from market.chats c join market.customers u using (customer_id) where c.lane = market.lane_of(:business) and c.business_id = :business order by c.updated_at desc, c.chat_id desc limit 21;\n`,
  })
}
