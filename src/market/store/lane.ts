import type { Queries } from '#database'

declare const kind: unique symbol
export type Lane = number & { readonly [kind]: 'lane' }

const laneCount = 64

/** The lane of a business, 0..63: the unit of work and of distribution. The same function as market.lane_of in SQL. */
export function laneOf(businessId: bigint): Lane {
  return Number((((businessId % 1_000_003n) * 7919n) % 1_000_003n) % BigInt(laneCount)) as Lane // the only maker of lanes
}

export const lanes: readonly Lane[] = Array.from({ length: laneCount }, (_, lane) => lane as Lane) // 0..63

export type Renewed = {
  lanes: Lane[]
  /** For each of the lanes, which change of hands gave it to us. */
  epochs: bigint[]
  /** How many lanes we may hold at most. */
  share: number
}

/** Says that the process lives, and renews the lanes that it holds. */
export async function renewLanes(sql: Queries, owner: string, ttlMs: number): Promise<Renewed> {
  const [row] = await sql<[Renewed]>`
    select lanes, epochs, share from market.renew_lanes(${owner}::uuid, ${ttlMs})`
  return row
}

/** Takes lanes that nobody holds, up to so many. Returns how many it got. */
export async function takeLanes(sql: Queries, owner: string, { ttlMs, max }: { ttlMs: number; max: number }) {
  const [row] = await sql<[{ taken: number }]>`
    select market.take_lanes(${owner}::uuid, ${ttlMs}, ${max}) as taken`
  return row.taken
}

export async function releaseLanes(sql: Queries, owner: string, lanes: readonly Lane[]): Promise<void> {
  await sql`
    select market.release_lanes(${owner}::uuid, ${[...lanes]}::smallint[])`
}

/** The process shares in the work no more. */
export async function removeDeliverer(sql: Queries, owner: string): Promise<void> {
  await sql`
    delete from market.deliverers where owner = ${owner}::uuid`
}
