/** What a key may do, in the words of the scopes list; `GET token info` shows them upper case, see `scopeOnWire`. */
export const scopes = [
  'all-methods',
  'all-methods:read-only',
  'inventory-and-order-processing',
  'inventory-and-order-processing:read-only',
  'pricing',
  'pricing:read-only',
  'offers-and-cards-management',
  'offers-and-cards-management:read-only',
  'promotion',
  'promotion:read-only',
  'finance-and-accounting',
  'communication',
  'settings-management',
  'supplies-management:read-only',
] as const

export type Scope = (typeof scopes)[number]

export const readingChats = ['communication', 'all-methods', 'all-methods:read-only'] as const satisfies Scope[]
export const writingChats = ['communication', 'all-methods'] as const satisfies Scope[]
export const readingOrders = [
  'all-methods',
  'all-methods:read-only',
  'inventory-and-order-processing',
  'inventory-and-order-processing:read-only',
  'finance-and-accounting',
] as const satisfies Scope[]

export function scopeOnWire(scope: Scope): string {
  return scope.replace(/[-:]/g, '_').toUpperCase()
}
