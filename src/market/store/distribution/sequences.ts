import type { Sql } from '#database'
import { idStep, type NodeIds, planSequences } from './id-sequences.ts'

export type NodeSequence = { groupId: number; name: string; start: bigint }

type NodeRow = { groupId: number; name: string; success: boolean; result: string }

const readIds = `select coalesce((
  select start_value || ' ' || coalesce(last_value, start_value) from pg_catalog.pg_sequences
   where schemaname = 'market' and sequencename = 'ids'), '')`

/** The sequences of ids that are to be made. Sequences do not come to a node by themselves. */
export async function planNodeSequences(sql: Sql): Promise<NodeSequence[]> {
  const rows = await sql<NodeRow[]>`
    select n.groupid as "groupId", n.nodename || ':' || n.nodeport as name, r.success, r.result
      from run_command_on_all_nodes(${readIds}) r join pg_catalog.pg_dist_node n using (nodeid) order by n.groupid`
  const silent = rows.find(({ success }) => !success)
  if (silent) throw new Error(`node ${silent.name} did not say where its ids are: ${silent.result}`)
  const nodes = rows.map(toNodeIds)
  if (nodes.every(({ first }) => first !== undefined)) return []
  const [highest] = await sql<[{ id: bigint }]>`
    select coalesce(max(greatest(chat_id, last_message_id)), 0) as id from market.chats where lane between 0 and 63`
  const nameOf = (groupId: number) => rows.find(row => row.groupId === groupId)?.name ?? ''
  return planSequences(nodes, highest.id).map(one => ({ ...one, name: nameOf(one.groupId) }))
}

function toNodeIds({ groupId, result }: NodeRow): NodeIds {
  const [first, last] = result.split(' ')
  if (!first || !last) return { groupId, first: undefined, last: undefined }
  return { groupId, first: Number(BigInt(first) % BigInt(idStep)), last: BigInt(last) }
}

export async function makeSequence(sql: Sql, { groupId, name, start }: NodeSequence): Promise<void> {
  // There is no way to ask one node alone: each asks itself whether it is the one.
  const create = `do $do$ begin
    if (select groupid from pg_catalog.pg_dist_local_group) = ${groupId} then
      create sequence market.ids increment by ${idStep} minvalue 0 start with ${start};
    end if;
  end $do$`
  const rows = await sql<
    { success: boolean; result: string }[]
  >`select success, result from run_command_on_all_nodes(${create})`
  const failed = rows.find(({ success }) => !success)
  if (failed) throw new Error(`node ${name} did not make its sequence of ids: ${failed.result}`)
}
