/** The server of the chats API. cli/, test/ and bench/ may import it; it imports contract and kit. */
export { type MarketOptions, type RunningMarket, startMarket } from './main.ts'
export type { Market } from './market.ts'
