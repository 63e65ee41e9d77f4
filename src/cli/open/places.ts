/** What `prilavok open` opens. */
export const places = ['console', 'desk', 'docs'] as const
export type Place = (typeof places)[number]
