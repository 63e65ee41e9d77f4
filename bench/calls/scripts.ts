/**
 * What pgbench runs alone: the statements of the market at the time when its bench began. They stay as they are while the
 * market changes its own, so that ratios of all times are held against the same work.
 */

import type { BenchBusiness, Stage } from '../stage.ts'
import { type Histories, idStep, messagesOfHistory, text } from './histories.ts'

/** By chance, a chat of one business: the ids of its chats are a step apart. */
function pickChat({ businessId, chatIds }: BenchBusiness): string {
  return `\\set n random(0, ${chatIds.length - 1})\n\\set chat ${chatIds[0]} + ${idStep} * :n\n\\set business ${businessId}\n`
}

function firstBusiness(stage: Stage): BenchBusiness {
  const business = stage.businesses[0]
  if (!business) throw new Error('the stage has no business')
  return business
}

export function postScript(stage: Stage): string {
  const items = `json_build_array(json_build_object('business', :b::bigint, 'chat', :c::bigint, 'customer', null, 'event', 'partner_writes', 'sender', 'partner', 'kind', 'text', 'text', '${text}'))`
  // Any chat of any business, as over HTTP.
  const first = firstBusiness(stage)
  const stride = (stage.businesses[1]?.chatIds[0] ?? 0) - (first.chatIds[0] ?? 0)
  const picks = `\\set n random(0, ${stage.businesses.length - 1})\n\\set b ${first.businessId} + :n\n\\set c ${first.chatIds[0]} + :n * ${stride} + ${idStep} * random(0, ${first.chatIds.length - 1})\n`
  return `${picks}select * from market.post_messages(null, now(), ${items});\n`
}

export function chatsScript(stage: Stage): string {
  return `${pickChat(firstBusiness(stage))}select c.*, u.name, u.public_id, pg_current_snapshot()::text from market.chats c join market.customers u using (customer_id) where c.lane = market.lane_of(:business) and c.business_id = :business order by c.updated_at desc, c.chat_id desc limit 21;\n`
}

export function historyScript(stage: Stage): string {
  return `${pickChat(firstBusiness(stage))}select c.*, u.name, u.public_id from market.chats c join market.customers u using (customer_id) where c.lane = market.lane_of(:business) and c.business_id = :business and c.chat_id = :chat;
select * from market.messages where lane = market.lane_of(:business) and business_id = :business and chat_id = :chat and message_id >= 1 order by message_id limit 101;\n`
}

/** A message of the histories, whose ids rise from chat to chat. */
export function messageScript(stage: Stage, histories: Histories): string {
  const business = firstBusiness(stage)
  const first = histories.firstMessageOf(business.chatIds[0] ?? 0)
  return `${pickChat(business)}\\set message ${first} + ${idStep} * (${messagesOfHistory} * :n + random(0, ${messagesOfHistory - 1}))
select message_id, created_at, sender, kind, body, file_name, file_size, file_hash, file_type from market.messages where lane = market.lane_of(:business) and business_id = :business and chat_id = :chat and message_id = :message;\n`
}
