/** The wire's enumerations, each written once. Inside the server the same words are lower case: see `inside` and `onWire`. */
export const chatContextTypes = ['ORDER', 'RETURN', 'DIRECT'] as const
export const openableContextTypes = ['ORDER', 'RETURN'] as const
export const chatTypes = ['CHAT', 'ARBITRAGE'] as const
export const chatStatuses = [
  'NEW',
  'WAITING_FOR_CUSTOMER',
  'WAITING_FOR_PARTNER',
  'WAITING_FOR_ARBITER',
  'WAITING_FOR_MARKET',
  'FINISHED',
] as const
export const senders = ['PARTNER', 'CUSTOMER', 'MARKET', 'SUPPORT'] as const
export const placementTypes = ['FBS', 'FBY', 'DBS', 'LAAS'] as const
export const apiAvailabilities = [
  'AVAILABLE',
  'DISABLED_BY_INACTIVITY',
  'DISABLED_BY_NO_ACTIVE_CONTRACT',
  'MANUALLY_DISABLED',
  'DISABLED_BY_NO_PLACEMENT_TYPE',
] as const
export const responseStatuses = ['OK', 'ERROR'] as const

export type ChatContextType = (typeof chatContextTypes)[number]
export type ChatType = (typeof chatTypes)[number]
export type ChatStatus = (typeof chatStatuses)[number]
export type Sender = (typeof senders)[number]
export type PlacementType = (typeof placementTypes)[number]

/** A wire word as the server and its database write it: `WAITING_FOR_PARTNER` is `waiting_for_partner`. */
export type Inside<Word extends string> = Lowercase<Word>

export function inside<Word extends string>(word: Word): Lowercase<Word> {
  return word.toLowerCase() as Lowercase<Word> // toLowerCase is typed as string
}

export function onWire<Word extends string>(word: Word): Uppercase<Word> {
  return word.toUpperCase() as Uppercase<Word> // toUpperCase is typed as string
}

/** The keys of a table that is written out in the code, and so has no others. */
export function keysOf<Table extends object>(table: Table): (keyof Table & string)[] {
  return Object.keys(table) as (keyof Table & string)[] // Object.keys is typed as string[]
}
