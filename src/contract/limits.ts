/** The published bounds. Each is enforced in one place and printed by /openapi.json. */
export const bodyMaxBytes = 512 * 1024
export const fileMaxBytes = 5 * 1024 * 1024
export const textMaxLength = 4096
export const keysPerBusiness = 30
export const keyNameMaxLength = 100
export const chatsPageMax = 20
export const chatsPageDefault = 10
export const historyPageMax = 100
export const historyPageDefault = 50
export const campaignsPageMax = 100
export const ordersPageMax = 50
/** Values of one filter of orders. */
export const orderFilterMax = 50
/** The days between two dates of a filter of orders, and how far it looks back without any. */
export const ordersPeriodDays = 30
/** Four now; the published plan is two. */
export const parallelRequestsDefault = 4
export const testOrderDays = 10

// Ours: the published record names no bound for these.
export const jsonDepthMax = 32
export const fileNameMaxLength = 200
export const issuesMax = 20
export const idempotencyKeyMaxLength = 200
export const idempotencyKeptDays = 14
