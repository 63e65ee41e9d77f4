import { dateTime, int32, oneOf, onWire, senders, Type } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { defineEndpoint } from '#serving'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import {
  countAttempts,
  countChats,
  countMessages,
  countSubscriptions,
  type HappeningRow,
  listHappenings,
  type MinuteOf,
  overviewBounds,
} from '../../store/overview.ts'
import { chatId, OfBusiness, usual } from '../access/parameters.ts'
import { requireBusiness } from '../access/require.ts'

const minutesShown = 60
const happeningsShown = 20
const minuteMs = 60_000

const count = (what: string) => int32({ description: `${what}.` })
const minute = dateTime('When the minute begins, UTC.')

const Overview = Type.Object(
  {
    chats: Type.Object(
      {
        total: count('Chats'),
        waitingForShop: count('Chats in which the shop is waited for'),
        disputes: count('Disputes that are not finished'),
        test: count('Chats about test orders'),
      },
      { description: `Each is counted up to ${overviewBounds.chats}: so many or more.` },
    ),
    messages: Type.Array(
      Type.Object({
        minute,
        customer: count('By customers'),
        partner: count('By the shop'),
        other: count('By staff, and automatic ones'),
      }),
      { description: 'By minute, the last hour, oldest first.' },
    ),
    deliveries: Type.Array(
      Type.Object({
        minute,
        delivered: count('Taken'),
        refused: count('Answered with status 400'),
        failed: count('Attempts that failed'),
      }),
      { description: 'Attempts to deliver by minute, the last hour, oldest first.' },
    ),
    isPartial: Type.Boolean({
      description: 'More happened in the hour than is looked through: early minutes may show too few.',
    }),
    subscriptions: Type.Object({
      enabled: count('That are told'),
      disabled: count('Disabled on request'),
      failed: count('Disabled after 14 days of failures'),
      waiting: count('Notifications that wait'),
    }),
    events: Type.Array(
      Type.Object(
        {
          at: dateTime('When it happened, UTC.'),
          kind: oneOf(['message', 'chat', 'dispute'], {
            description: 'A message; a chat was opened; a dispute was finished.',
          }),
          chatId,
          sender: Type.Optional(oneOf(senders, { description: 'Of a message: who wrote it.' })),
          text: Type.Optional(Type.String({ description: 'Of a message: how it begins.' })),
        },
        { title: 'Happening' },
      ),
      { description: 'What happened last, newest first.' },
    ),
  },
  { title: 'Overview' },
)

export const readOverview = defineEndpoint(
  defineOwnOperation({
    name: 'readOverview',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/overview',
    tag: 'businesses',
    summary: 'Read how a business does',
    description:
      'Counts and the last hour by minute. A glance and no bookkeeping: only so much is looked through, however large the business is.',
    params: OfBusiness,
    response: Overview,
    refusals: [...usual, 404],
  }),
  async ({ sql, clock }: { sql: Sql; clock: Clock }, { params }) => {
    const { businessId } = await requireBusiness(sql, params.businessId)
    const begins = minutesUntil(clock.now())
    const since = begins[0] ?? clock.now()
    const [chats, messages, attempts, subscriptions, happenings] = await Promise.all([
      countChats(sql, businessId),
      countMessages(sql, businessId, since),
      countAttempts(sql, businessId, since),
      countSubscriptions(sql, businessId),
      listHappenings(sql, businessId, happeningsShown),
    ])
    const written = counter(messages.minutes)
    const tried = counter(attempts.minutes)
    return {
      chats,
      messages: begins.map(at => ({
        minute: at.toISOString(),
        customer: written(at, 'customer'),
        partner: written(at, 'partner'),
        other: written(at, 'support', 'market'),
      })),
      deliveries: begins.map(at => ({
        minute: at.toISOString(),
        delivered: tried(at, 'delivered'),
        refused: tried(at, 'refused'),
        failed: tried(at, 'failed'),
      })),
      isPartial: messages.isPartial || attempts.isPartial,
      subscriptions,
      events: happenings.map(happeningView),
    }
  },
)

/** When each of the last minutes began, oldest first; the last one is under way. */
function minutesUntil(now: Date): Date[] {
  const present = Math.floor(now.getTime() / minuteMs) * minuteMs
  return Array.from({ length: minutesShown }, (_, index) => new Date(present - (minutesShown - 1 - index) * minuteMs))
}

function counter<Kind extends string>(rows: readonly MinuteOf<Kind>[]) {
  const counts = new Map(rows.map(({ minute, kind, count }) => [`${minute.getTime()} ${kind}`, count]))
  return (at: Date, ...kinds: Kind[]) =>
    kinds.reduce((sum, kind) => sum + (counts.get(`${at.getTime()} ${kind}`) ?? 0), 0)
}

function happeningView({ at, kind, chatId, sender, text }: HappeningRow) {
  const words = { ...(sender && { sender: onWire(sender) }), ...(text !== null && { text }) }
  return { at: at.toISOString(), kind, chatId, ...words }
}
