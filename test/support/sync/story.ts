import fc from 'fast-check'
import type { ModelWays } from './model-market.ts'

/** What happens in a market while it is mirrored, and what goes wrong. All of it is data, so that it can be shrunk. */
export type Story = {
  ways: ModelWays
  /** Of each call: before it is served and before its answer arrives, in turn. */
  latenciesMs: number[]
  /** Chats that stand before the sync is started: how long ago they were opened, and how many messages they have. */
  standing: { agoMs: number; messages: number; everyMs: number }[]
  events: StoryEvent[]
  /** The steps of the sync (a call, a put, a telling) at which its process dies, counted from its last start. */
  crashes: { step: number; isAfter: boolean }[]
  /** Calls that fail, by their number. */
  faults: { call: number; kind: FaultKind }[]
  /** Calls in an hour, if they are few. */
  limits: Partial<Record<'getChat' | 'getChatHistory' | 'getChatMessage', number>> | undefined
  hasHints: boolean
  /** Whether news is read at once. */
  isPrompt: boolean
  /** It ends before the daily walk comes, and no status changes silently: the sweeps must find everything. */
  isShort: boolean
  /** The first run is to resolve when everything was mirrored. */
  beginsOnce: boolean
}

const faultKinds = ['limit', 'unavailable', 'lost', 'timeout', 'misfit', 'deadToken'] as const
export type FaultKind = (typeof faultKinds)[number]

const eventKinds = [
  'write',
  'write',
  'write',
  'sticker',
  'open',
  'openWithMessage',
  'dispute',
  'status',
  /** Its id was taken earlier than those of others that can be read before it. */
  'late',
  /** It can be read a moment after the time it was stamped with. */
  'lagging',
  /** A notification of what never happened, from the future. */
  'lie',
  /** The same of an old message. */
  'oldLie',
  /** Forty forged notifications at once, of all kinds. */
  'flood',
  /** Its row in the list does not fit the published API for a while. */
  'unreadable',
  /** Our clock is set back. */
  'setBack',
] as const

export type StoryEvent = {
  afterMs: number
  kind: (typeof eventKinds)[number]
  chat: number
  /** Of its notification: when it comes (undefined: never), and how often. */
  noticeMs: number | undefined
  copies: number
  /** Of a late id: how long after it was taken its message can be read. */
  lateMs: number
}

const waysArbitrary: fc.Arbitrary<ModelWays> = fc.record({
  isFromInclusive: fc.boolean(),
  areNewestPagesFirst: fc.constantFrom(false, false, true),
  isAscending: fc.boolean(),
  cursor: fc.constantFrom('offset', 'key'),
  pageMax: fc.constantFrom(2, 3, 7, 100),
  chatsMax: fc.constantFrom(1, 2, 3, 20),
  precisionMs: fc.constantFrom(1000, 1000, 1),
  skewMs: fc.constantFrom(0, -3_600_000, 86_400_000, 333),
})

const eventArbitrary: fc.Arbitrary<StoryEvent> = fc.record({
  afterMs: fc.constantFrom(0, 0, 1, 90, 300, 700, 1_000, 5_000, 29_000, 70_000),
  kind: fc.constantFrom(...eventKinds),
  chat: fc.nat(7),
  noticeMs: fc.constantFrom(undefined, 0, 20, 20, 400, 2_000, 100_000),
  copies: fc.constantFrom(1, 1, 2, 3),
  lateMs: fc.constantFrom(1, 400, 3_000, 20_000),
})

export const storyArbitrary: fc.Arbitrary<Story> = fc.record({
  ways: waysArbitrary,
  latenciesMs: fc.array(fc.constantFrom(0, 1, 30, 30, 300, 2_500), { minLength: 1, maxLength: 9 }),
  standing: fc.array(
    fc.record({
      agoMs: fc.constantFrom(0, 1, 1_000, 5_000, 100_000, 9_000_000),
      messages: fc.constantFrom(0, 0, 1, 2, 5, 24, 45),
      everyMs: fc.constantFrom(0, 10, 500, 3_000),
    }),
    { maxLength: 7 },
  ),
  events: fc.array(eventArbitrary, { maxLength: 40, size: 'max' }),
  crashes: fc.array(fc.record({ step: fc.nat(60), isAfter: fc.boolean() }), { maxLength: 5 }),
  faults: fc.array(fc.record({ call: fc.nat(120), kind: fc.constantFrom(...faultKinds) }), { maxLength: 8 }),
  limits: fc.constantFrom(...Array(6).fill(undefined), { getChat: 2, getChatMessage: 2, getChatHistory: 400 }),
  hasHints: fc.constantFrom(true, true, true, false),
  isPrompt: fc.boolean(),
  isShort: fc.boolean(),
  beginsOnce: fc.constantFrom(false, false, true),
})
