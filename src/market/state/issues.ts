import type { Issue } from '#contract'

/** What may be wrong with a state besides its form. All of it is found before anything is written. */
export type StateRule =
  | 'unknown field'
  | 'not a time'
  | 'not a day'
  | 'days in the wrong order'
  | 'there twice'
  | 'no such customer'
  | 'no such order'
  | 'no such return'
  | 'about one thing'
  | 'one content'
  | 'only a customer'
  | 'name without file'
  | 'no such file'
  | 'cannot become this'
  | 'has another chat'

/** `at` is a path: businesses[0].chats[2].status. */
export type StateIssue = Issue | { rule: StateRule; at: string }

/** What only the market can say, in its words; a person is told them in their own language. */
export const stateRefusals = {
  'business is there': 'is a business of this market already: take another id, or leave it out',
  'campaign is there': 'is a campaign of this market already: take another id, or leave it out',
  'in the future': "must not be later than the market's time",
  'before what is before': 'must not be earlier than what stands before it',
} as const
export type StateRefusalKind = keyof typeof stateRefusals

/** The state is well written, and this market cannot take it. */
export class StateRefused extends Error {
  override name = 'StateRefused'
  readonly at: string
  readonly kind: StateRefusalKind
  constructor(at: string, kind: StateRefusalKind) {
    super(`${at} ${stateRefusals[kind]}`)
    this.at = at
    this.kind = kind
  }
}
