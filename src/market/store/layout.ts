import type { BusinessId } from '#contract'
import { identifier, type Queries } from '#database'
import { type Lane, laneOf, lanes } from './lane.ts'

/** What a batch is sent by: null where everything goes together, else the first lane of the shard that all its rows are in. */
export type BatchLane = Lane | null

/** How the rows lie: all on one PostgreSQL, or over the nodes of a Citus cluster. Found once, when the database is prepared. */
export type Layout = {
  isDistributed: boolean
  /** For each lane. */
  batchLanes: readonly BatchLane[]
  /** Statements of one kind under way at a time. */
  inFlight: number
  /** The same of one batch lane. */
  inFlightOfGroup: number
  /** The node of each batch lane when the market started. A shard that is moved later counts where it was. */
  nodes: ReadonlyMap<BatchLane, number>
  /** The same of one node: while one does not answer, statements for the others go on. Fewer have larger batches. */
  inFlightOfNode: number
  /** For messages and reads: as many as may be under way of all kinds together. */
  connections: number
  /** How often deliveries of single businesses are looked for at the most; 0 is always at once. */
  lookEveryMs: number
  /** How long requests are collected before they are logged. */
  logEveryMs: number
}

export const plain: Layout = {
  isDistributed: false,
  batchLanes: lanes.map(() => null),
  inFlight: 2,
  inFlightOfGroup: 2,
  nodes: new Map<BatchLane, number>(),
  inFlightOfNode: 2,
  connections: 16,
  lookEveryMs: 0,
  logEveryMs: 200,
}

/** A statement costs much on Citus, and a row in it little: one at a time of a shard, while the next one fills up. */
export const distributed = {
  isDistributed: true,
  inFlight: 8,
  inFlightOfGroup: 1,
  inFlightOfNode: 2,
  connections: 24,
  lookEveryMs: 100,
  logEveryMs: 1_000,
}

export async function findLayout(sql: Queries): Promise<Layout> {
  if (!(await hasCitus(sql))) return plain
  const rows = await sql<{ first: Lane; node: number }[]>`
    select (min(l.lane) over (partition by l.shard))::integer as first,
           (select p.groupid from pg_dist_placement p where p.shardid = l.shard limit 1) as node
      from (select g::smallint as lane, get_shard_id_for_distribution_column('market.chats', g::smallint) as shard
              from generate_series(0, 63) g) l
     order by l.lane`
  const nodes = new Map<BatchLane, number>(rows.map(({ first, node }) => [first, node]))
  return { ...distributed, batchLanes: rows.map(({ first }) => first), nodes }
}

export async function hasCitus(sql: Queries): Promise<boolean> {
  const [row] = await sql<
    [{ has: boolean }]
  >`select exists (select from pg_catalog.pg_extension where extname = 'citus') as has`
  return row.has
}

/** For a Batcher whose items are of businesses, or of others whose numbers give them a lane. */
export function batchingOf<Item>(
  { batchLanes, nodes, inFlight, inFlightOfGroup, inFlightOfNode: inFlightOfSite }: Layout,
  ownerOf: (item: Item) => bigint,
) {
  const groupOf = (item: Item): BatchLane => batchLanes[laneOf(ownerOf(item))] ?? null
  return { inFlight, inFlightOfGroup, inFlightOfSite, groupOf, siteOf: (lane: BatchLane) => nodes.get(lane) }
}

export const businessOf = (item: { businessId: bigint }): bigint => item.businessId

/** The items of each batch lane. */
export function byBatchLane<Item extends { businessId: bigint }>(
  layout: Layout,
  items: readonly Item[],
): Map<BatchLane, Item[]> {
  return Map.groupBy(items, batchingOf<Item>(layout, businessOf).groupOf)
}

/** One statement for all of these businesses, or one for those of each shard: the rows of all. */
export async function ofEachShard<Row>(
  layout: Layout,
  businessIds: readonly BusinessId[],
  ask: (ids: BusinessId[], isHere: LaneCondition) => PromiseLike<readonly Row[]>,
): Promise<Row[]> {
  const batches = byBatchLane(
    layout,
    businessIds.map(businessId => ({ businessId })),
  )
  const asked = Array.from(batches, ([lane, batch]) => {
    const ids = batch.map(({ businessId }) => businessId)
    return ask(ids, (sql, table) => isOfLanes(sql, table, lane === null ? null : ids.map(laneOf)))
  })
  return (await Promise.all(asked)).flat()
}

type LaneCondition = (sql: Queries, table: string) => ReturnType<Queries>

/** Citus finds the node of rows by lanes that are values alone. */
const isOfLanes = (sql: Queries, table: string, wanted: readonly Lane[] | null) =>
  sql`(${wanted}::smallint[] is null or ${identifier(table, 'lane')} = any(${wanted}::smallint[]))`
