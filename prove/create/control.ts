import { openChat } from './chat-races.ts'
import { atOnce, type Stage } from './stage.ts'

const roundsOfControl = 20
const callers = 40
const made = 'v_id := (market.take_ids'

/** The same with chats that no constraint keeps apart: some order must get two. */
export async function proveControl(stage: Stage): Promise<{ chats: number; contexts: number }> {
  const { sql } = stage.market
  await sql`alter table market.chats drop constraint chats_lane_business_id_context_type_context_id_key`
  const [row] = await sql<[{ source: string }]>`select pg_get_functiondef('market.open_chat'::regproc) as source`
  // Whoever has looked waits a moment, so that all who come at once have looked before the first has made one.
  const [before, after, ...others] = row.source.replace(/on conflict .* do nothing/, '').split(made)
  if (before === undefined || after === undefined || others.length > 0) throw new Error(`open_chat has no “${made}”`)
  await sql.unsafe(`${before}perform pg_sleep(0.05); ${made}${after}`)
  for (let contexts = 1; ; contexts++) {
    const id = await stage.scene.makeOrder()
    const answers = await atOnce(stage, callers, at => openChat(at, stage, { type: 'ORDER', id }))
    const chats = new Set(answers.map(({ text }) => text)).size
    if (chats > 1 || contexts === roundsOfControl) return { chats: contexts - 1 + chats, contexts }
  }
}
