/** The server of the chats API. cli/, test/ and bench/ may import it; it imports contract and kit. */
export { type Demo, ensureDemo } from './demo/ensure-demo.ts'
export { makePng, pictures } from './files/picture.ts'
export { describeS3Place, readS3Url, type S3Place } from './files/s3/s3-place.ts'
export { type DatabaseFacts, inspectDatabase } from './inspect-database.ts'
export type { Market } from './market.ts'
export { isPublicAddress } from './notify/addresses.ts'
export { requireLabAlone } from './require-lab-alone.ts'
export { type MarketOptions, type RunningMarket, startMarket } from './start-market.ts'
