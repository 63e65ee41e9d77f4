import type { BusinessId } from '#contract'
import { constant, pageSize, type Queries } from '#database'
import { type AdminChatRow, lastColumns, lastMessage } from '../chat-views.ts'
import { type ChatPosition, chatColumns } from '../chats.ts'
import type { AdminChatFilter, AdminChatsPage } from './filter.ts'
import { chatSource, findNamed } from './source.ts'

type FoundChats = { rows: AdminChatRow[]; end: ChatPosition | undefined }

/** Newest first; `end` is where the looking ended if it did so before the page was full. */
export async function listAdminChats(
  sql: Queries,
  businessId: BusinessId,
  filter: AdminChatFilter,
  page: AdminChatsPage,
): Promise<FoundChats> {
  const { limit } = page
  const size = pageSize(limit)
  const named = filter.name === undefined ? undefined : await findNamed(sql, filter.name)
  const { newest, rest, max } = chatSource(sql, businessId, { filter, named }, page)
  const isLookedFor = rest !== undefined
  const rows = await sql<(AdminChatRow & { endAt: Date | null; endId: bigint | null })[]>`
    with looked as materialized (${newest(isLookedFor ? max : size)}),
    found as materialized (
      select c.* from looked c, lateral (
        select * from market.customers u where u.customer_id = c.customer_id limit 1) u where ${rest ?? sql`true`}
       order by c.updated_at desc, c.chat_id desc limit ${constant(size)}),
    ends as (
      select updated_at, chat_id from looked
       where ${isLookedFor ? sql`true` : sql`false`} and (select count(*) from found) < ${constant(size)} and (select count(*) from looked) = ${constant(max)}
       order by updated_at, chat_id limit 1),
    page as (
      select ${chatColumns(sql)}, ${lastColumns(sql)}
        from found c join market.customers u using (customer_id) ${lastMessage(sql, businessId)})
    select page.*, e.updated_at as "endAt", e.chat_id as "endId"
      from (select) one left join page on true left join ends e on true
     order by page."updatedAt" desc, page."chatId" desc`
  const { endAt = null, endId = null } = rows[0] ?? {}
  // Without a page there is one row, with its end alone.
  const found = rows.filter(row => row.chatId !== null).map(({ endAt, endId, ...row }) => row)
  const end = endAt !== null && endId !== null ? { updatedAt: endAt, chatId: endId } : undefined
  return found.length < limit ? { rows: found, end } : { rows: found.slice(0, limit), end: undefined }
}
