import { keysOf } from '#contract'
/** Why a buyer writes to a shop. */
export const intents = {
  'where-is-my-order': 'Asks where the order is.',
  'wrong-size': 'Was sent the wrong size and asks what to do.',
  'defect-with-photo': 'Shows a defect.',
  return: 'Wants to send the goods back.',
  invoice: 'Asks for the papers: an invoice, a receipt.',
  'in-stock': 'Asks whether something is in stock.',
} as const

export type Intent = keyof typeof intents
export const intentNames = keysOf(intents)
