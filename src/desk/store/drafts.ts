import type { Queries } from '#database'

type OfDraft = { chatId: bigint; accountId: string }

/** Keeps what an account has written and not sent. False if there is no such chat. */
export async function saveDraft(
  sql: Queries,
  cabinetId: bigint,
  { chatId, accountId, text, now }: OfDraft & { text: string; now: Date },
): Promise<boolean> {
  const saved = await sql`
    insert into desk.drafts (cabinet_id, chat_id, account_id, text, saved_at)
    select cabinet_id, chat_id, ${accountId}, ${text}, ${now} from desk.chats
     where cabinet_id = ${cabinetId} and chat_id = ${chatId}
    on conflict (cabinet_id, chat_id, account_id) do update set text = excluded.text, saved_at = excluded.saved_at`
  return saved.count > 0
}

export async function deleteDraft(sql: Queries, cabinetId: bigint, { chatId, accountId }: OfDraft): Promise<void> {
  await sql`
    delete from desk.drafts where cabinet_id = ${cabinetId} and chat_id = ${chatId} and account_id = ${accountId}`
}
