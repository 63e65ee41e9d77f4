import { maxInt64 } from '#contract'
import { asking, type Check, checkOf } from '../../check/check.ts'
import { accepted, compare, differ, type Expecting, ofSuccess } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { words } from '../../expect/words.ts'
import type { Said, Source } from '../../findings/finding.ts'
import { choice, contract, observed } from '../../findings/sources.ts'
import { withJson } from '../../http/call.ts'
import type { Probe } from '../../probe/probe.ts'
import { field, idAt, items } from '../../scene/read.ts'

const from = (value: unknown, rule: Said, expects: Expecting, source: Source = contract.schema) =>
  asking('getChatHistory', rule, { source, bend: call => withJson(call, { messageIdFrom: value }), expects })

const refusedFrom: [value: unknown, expected: ReturnType<typeof words.illegal>][] = [
  [0, words.tooLow('messageIdFrom', 1, 0)],
  [-maxInt64 - 1n, words.tooLow('messageIdFrom', 1, -maxInt64 - 1n)],
  [maxInt64 + 1n, words.illegal('messageIdFrom')],
  ['33', words.illegal('messageIdFrom')],
  [1.5, words.illegal('messageIdFrom')],
]

const findsNothing: Expecting = ofSuccess(source => reply => {
  const found = items(reply.json, 'result', 'messages').length
  const paging = field(reply.json, 'result', 'paging')
  return [
    ...compare(reply, { at: 'result.messages', expected: '0 messages', got: `${found} messages`, source }),
    ...compare(reply, { at: 'result.paging', expected: {}, got: paging, source }),
  ]
})

const idsOf = (json: unknown) => items(json, 'result', 'messages').map(message => idAt(message, 'messageId') ?? 0n)

const readsFrom = (probe: Probe, messageIdFrom: bigint) =>
  probe.read(withJson(probe.call('getChatHistory'), { messageIdFrom }))

function begins(rule: Said, source: Source, ask: (ids: readonly bigint[]) => { from: bigint; first: bigint }): Check {
  return checkOf('getChatHistory', rule, {
    source,
    needs: ['messageId'],
    calls: 2,
    run: async probe => {
      const all = await probe.read(probe.call('getChatHistory'))
      const { from: messageIdFrom, first } = ask(idsOf(all.json))
      const reply = await readsFrom(probe, messageIdFrom)
      const got = `${idsOf(reply.json)[0]}`
      return compare(reply, { at: 'result.messages[0].messageId', expected: `${first}`, got, source })
    },
  })
}

const ascending = checkOf(
  'getChatHistory',
  { en: 'messages come oldest first', ru: 'сообщения идут от старых к новым' },
  {
    source: choice('getChatHistory order'),
    needs: ['messageId'],
    run: async probe => {
      const reply = await probe.read(probe.call('getChatHistory'))
      const ids = idsOf(reply.json)
      const isSorted = ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? id))
      const seen = {
        at: 'result.messages[].messageId',
        expected: 'ascending',
        got: 'another order',
        source: choice('getChatHistory order'),
      }
      return isSorted ? [] : [differ(reply, seen)]
    },
  },
)

/** From which message a history is read. */
export const history: Check[] = [
  ...refusedFrom.map(([value, expected]) => {
    const told = typeof value === 'string' ? `"${value}"` : `${value}`
    return from(
      value,
      { en: `messageIdFrom ${told} is refused with 400`, ru: `messageIdFrom ${told}: отказ 400` },
      refused(expected),
    )
  }),
  from(
    maxInt64,
    {
      en: 'the highest int64 as messageIdFrom finds nothing',
      ru: 'самый большой int64 в messageIdFrom не находит ничего',
    },
    findsNothing,
    contract.chats,
  ),
  from(
    null,
    { en: 'messageIdFrom null counts as absent', ru: 'messageIdFrom null считается отсутствующим' },
    accepted,
    choice('optional fields of a request that are null'),
  ),
  begins(
    { en: 'messageIdFrom itself is returned', ru: 'само сообщение messageIdFrom возвращается' },
    observed,
    ids => ({ from: ids[1] ?? 1n, first: ids[1] ?? 1n }),
  ),
  begins(
    {
      en: 'an unknown messageIdFrom reads on from where it would stand',
      ru: 'неизвестный messageIdFrom читает с того места, где он был бы',
    },
    choice('messageIdFrom that no message has'),
    ids => ({
      from: (ids[1] ?? 2n) - 1n > (ids[0] ?? 0n) ? (ids[1] ?? 2n) - 1n : (ids[1] ?? 2n),
      first: ids[1] ?? 2n,
    }),
  ),
  ascending,
]
