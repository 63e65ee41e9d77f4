declare const kind: unique symbol
export type Lane = number & { readonly [kind]: 'lane' }

const laneCount = 64

/** The lane of a business, 0..63: the unit of work and of distribution. The same function as market.lane_of in SQL. */
export function laneOf(businessId: bigint): Lane {
  return Number((((businessId % 1_000_003n) * 7919n) % 1_000_003n) % BigInt(laneCount)) as Lane // the only maker of lanes
}

export const lanes: readonly Lane[] = Array.from({ length: laneCount }, (_, lane) => lane as Lane) // 0..63
