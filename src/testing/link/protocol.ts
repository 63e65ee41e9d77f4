/** What the library in a test says to its host, and what it hears: a line of JSON each. */

/** A market that the host has started for a test file. */
export type Opened = {
  marketId: number
  url: string
  adminToken: string
  apiKey: string
  businessId: number
  campaignId: number
  orderId: number
  customerId: string
  /** Everything that a shop can be told of. */
  types: readonly string[]
}

export type Ask = {
  marketId: number
  /** A call of the market's own APIs: `POST /lab/v1/faults`. */
  call: string
  json?: unknown
  /** A file to send in a form instead. */
  file?: { name: string; base64: string }
  /** Who asks; whoever runs the market, if it is not said. */
  token?: string
}

export type Expectation = { marketId: number; type: string; withinMs: number; chatId?: number; answered?: number }

type Acts = {
  open: { takes: { rateLimits: boolean; seed: number }; gives: Opened }
  /** Keeps the market's state, to which `reset` goes back. */
  keep: { takes: { marketId: number }; gives: null }
  reset: { takes: { marketId: number }; gives: null }
  /** A receiver in the host that takes everything. */
  receiver: { takes: { marketId: number }; gives: { url: string } }
  ask: { takes: Ask; gives: unknown }
  expect: { takes: Expectation; gives: unknown }
  close: { takes: { marketId: number }; gives: null }
}

export type ActName = keyof Acts
export type Takes<Name extends ActName> = Acts[Name]['takes']
export type Gives<Name extends ActName> = Acts[Name]['gives']

/** Asks the host, and gives what it answers. */
export type Link = { ask<Name extends ActName>(act: Name, takes: Takes<Name>): Promise<Gives<Name>> }

export type Request = { id: number; act: ActName; takes: unknown }
export type Reply = { id: number; gives: unknown } | { id: number; error: string }

/** What the host prints when somebody can connect to it. */
export const listening = 'listening'
