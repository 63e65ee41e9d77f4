/** A market inside tests, packed as prilavok/testing. `host/` is a program of its own; the rest only talks with it and imports nothing. */
export type { Buyer } from './buyer.ts'
export { startMarket } from './start-market.ts'
export type { TestMarket } from './test-market.ts'
export type * from './types.ts'
