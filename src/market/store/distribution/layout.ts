import type { BusinessId } from '#contract'
import { identifier, type Queries } from '#database'
import { type Lane, laneOf } from '../lane.ts'

/** How the rows lie: all on one PostgreSQL, or over the nodes of a Citus cluster. Found once, when the database is prepared. */
export type Layout = 'plain' | 'distributed'

export async function findLayout(sql: Queries): Promise<Layout> {
  return (await hasCitus(sql)) ? 'distributed' : 'plain'
}

export async function hasCitus(sql: Queries): Promise<boolean> {
  const [row] = await sql<
    [{ has: boolean }]
  >`select exists (select from pg_catalog.pg_extension where extname = 'citus') as has`
  return row.has
}

/** What goes together in one statement: everything, or what is of one lane, since one lane is on one node. */
export type BatchLane = Lane | null

type Batching = {
  /** Statements under way at a time. */
  inFlight: number
  /** The same of one lane. */
  inFlightOfGroup: number
  laneFor: (lane: Lane) => BatchLane
}

export const batchings: Record<Layout, Batching> = {
  plain: { inFlight: 2, inFlightOfGroup: 2, laneFor: () => null },
  distributed: { inFlight: 8, inFlightOfGroup: 1, laneFor: lane => lane },
}

/** For a Batcher whose items are of businesses, or of others whose numbers give them a lane. */
export function batchingOf<Item>(layout: Layout, ownerOf: (item: Item) => bigint) {
  const { laneFor, ...bounds } = batchings[layout]
  return { ...bounds, groupOf: (item: Item): BatchLane => laneFor(laneOf(ownerOf(item))) }
}

export const businessOf = (item: { businessId: bigint }): bigint => item.businessId

/** One statement for all of these businesses, or one for those of each lane: the rows of all. */
export async function ofEachLane<Row>(
  layout: Layout,
  businessIds: readonly BusinessId[],
  ask: (ids: BusinessId[], lane: BatchLane) => PromiseLike<readonly Row[]>,
): Promise<Row[]> {
  const { laneFor } = batchings[layout]
  const batches = Map.groupBy(businessIds, id => laneFor(laneOf(id)))
  return (await Promise.all(Array.from(batches, ([lane, ids]) => ask(ids, lane)))).flat()
}

/** A condition of a batch: Citus finds the node by the lane as a value alone. */
export const isOfLane = (sql: Queries, lane: BatchLane, table: string) =>
  sql`(${lane}::smallint is null or ${identifier(table, 'lane')} = ${lane}::smallint)`
