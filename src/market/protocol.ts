/**
 * What the admin and buyer APIs take and give, as types alone: derived from the operations' declarations, for programs
 * that call them. Imported by `import type` and nothing else.
 */
import type { ApiOf } from '#serving'
import type { adminEndpoints } from './admin/endpoints.ts'
import type { buyerEndpoints } from './buyers/endpoints.ts'
import type { labEndpoints } from './lab/api/endpoints.ts'

export type { ApiOf, Wire } from '#serving'
export type AdminApi = ApiOf<typeof adminEndpoints>
export type BuyerApi = ApiOf<typeof buyerEndpoints>
export type LabApi = ApiOf<typeof labEndpoints>
export type { StickerName } from './chats/stickers.ts'
export type { MarketProblemDetails as ProblemDetails } from './own-apis/problem-details.ts'
