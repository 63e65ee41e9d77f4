import { dateTime, idOf, int32, oneOf, type Static, Type } from '#contract'
import { cabinetId, chatId } from './ids.ts'

const cabinetStates = ['active', 'paused', 'refused'] as const
/** What a cabinet's mirror is at; `away` means that its market does not answer. */
const phases = ['listing', 'reading', 'live', 'paused', 'refused', 'away'] as const

export const apiKey = Type.String({
  minLength: 1,
  maxLength: 500,
  description: 'The Api-Key; it is never shown again.',
})
export const baseUrl = Type.String({ minLength: 8, maxLength: 500, description: "The market's address." })
export const cabinetName = Type.String({ minLength: 1, maxLength: 200, description: 'What people call the cabinet.' })

const Campaign = Type.Object({ campaignId: idOf<bigint>('The campaign.'), name: Type.String() }, { title: 'Shop' })

const Freshness = Type.Object(
  {
    checkedAt: Type.Optional(dateTime('When the market last answered the mirror.')),
    awaySince: Type.Optional(dateTime('Since when the market does not answer.')),
    waitingAnswers: int32({ description: 'Answers that have not left.' }),
    phase: oneOf(phases),
    isMirrored: Type.Boolean({ description: 'Whether everything was read once: the first mirror is over.' }),
    firstMirror: Type.Optional(
      Type.Object(
        { calls: int32(), minutes: int32() },
        { description: 'What reading them all for the first time costs, while it is not over.' },
      ),
    ),
    chatsDone: int32(),
    chatsKnown: int32(),
    endsAt: Type.Optional(dateTime('When the first mirror ends, as far as is known.')),
    gaps: int32({ description: 'Chats in which something is known of and not here.' }),
  },
  { title: 'Freshness' },
)

export const Cabinet = Type.Object(
  {
    cabinetId,
    name: Type.String(),
    baseUrl: Type.String(),
    isYandex: Type.Boolean(),
    businessId: idOf<bigint>('The business at its market.'),
    keyName: Type.String(),
    scopes: Type.Array(Type.String()),
    canWrite: Type.Boolean(),
    canReadOrders: Type.Boolean(),
    state: oneOf(cabinetStates),
    refusal: Type.Optional(Type.String({ description: 'Why the market refuses the key.' })),
    campaigns: Type.Array(Campaign),
    freshness: Freshness,
  },
  { title: 'Cabinet' },
)
export type Cabinet = Static<typeof Cabinet>

export const KeyCheck = Type.Object(
  {
    keyName: Type.String(),
    scopes: Type.Array(Type.String()),
    canWrite: Type.Boolean(),
    missing: Type.Array(Type.String({ description: 'A scope that the key lacks and the desk could use.' })),
    businesses: Type.Array(
      Type.Object({ businessId: idOf<bigint>('The business.'), name: Type.String(), campaigns: Type.Array(Campaign) }),
    ),
    chats: Type.Optional(int32({ description: 'How many chats there are, if it could be told.' })),
    firstMirror: Type.Optional(
      Type.Object(
        { calls: int32(), minutes: int32() },
        { description: 'What reading them all for the first time costs.' },
      ),
    ),
  },
  { title: 'KeyCheck' },
)
export type KeyCheck = Static<typeof KeyCheck>

const Gap = Type.Object(
  {
    chatId,
    isKnown: Type.Boolean({ description: 'Whether the chat itself is here.' }),
    customerName: Type.Optional(Type.String()),
    since: dateTime('Since when something is known of.'),
    told: int32({ description: 'How many messages notifications have named; 0 if only the list shows news.' }),
  },
  { title: 'Gap' },
)

export const Sync = Type.Object(
  {
    phase: oneOf(phases),
    progress: Type.Optional(
      Type.Object({ chatsDone: int32(), chatsKnown: int32(), endsAt: Type.Optional(dateTime('When it ends.')) }),
    ),
    notificationUrl: Type.String({ description: 'Where the market sends notifications, if it is told to.' }),
    notifiedAt: Type.Optional(dateTime('When the last one came.')),
    checkedAt: Type.Optional(dateTime('When the market last answered.')),
    problem: Type.Optional(Type.String()),
    problemAt: Type.Optional(dateTime('When it was met.')),
    gaps: int32({ description: 'Chats in which something is known of and not here.' }),
    gapsIn: Type.Array(Gap, { description: 'The first fifty of them, the longest first.' }),
    proof: Type.Optional(
      Type.Object({
        at: dateTime('When everything was compared.'),
        chats: int32(),
        messages: int32(),
        missing: int32(),
        different: int32(),
        details: Type.Array(Type.String()),
      }),
    ),
    isProofWanted: Type.Boolean({ description: 'Whether a proof was asked for and has not ended.' }),
    limits: Type.Array(
      Type.Object({
        operation: Type.String(),
        used: int32(),
        limit: int32(),
        until: Type.Optional(dateTime('When it is counted anew.')),
      }),
    ),
  },
  { title: 'Sync' },
)
export type Sync = Static<typeof Sync>
