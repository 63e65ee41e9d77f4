import { headers as names, operations } from '#contract'
import type { Check } from '../../check/check.ts'
import { differ } from '../../expect/expectation.ts'
import type { Difference, Said } from '../../findings/finding.ts'
import { choice, contract } from '../../findings/sources.ts'
import type { Call, Reply } from '../../http/call.ts'

const { verb, path } = operations.getCampaigns
const id = '4bf92f3577b34da6a3ce929d0e0e4736'
const passedOn = choice('traceparent')

const asked = (traceparent?: string): Call => ({
  subject: 'transport',
  verb,
  path,
  query: {},
  headers: traceparent === undefined ? {} : { [names.traceparent]: traceparent },
})

const traceOf = ({ headers }: Reply) => headers[names.traceparent] ?? ''

function trace(rule: Said, incoming: string, isRight: (traceparent: string) => boolean): Check {
  return {
    subject: 'transport',
    rule,
    source: passedOn,
    needs: [],
    writes: false,
    calls: 1,
    run: async probe => {
      const reply = await probe.send(asked(incoming))
      const got = traceOf(reply)
      return isRight(got)
        ? []
        : [differ(reply, { at: `header ${names.traceparent}`, expected: rule.en, got, source: passedOn })]
    },
  }
}

const invalid = [
  'nonsense',
  `00-${id}-00f067aa0ba902b7`,
  `01-${id}-00f067aa0ba902b7-01`,
  `00-${id.toUpperCase()}-00f067aa0ba902b7-01`,
  `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
  `00-${id}-${'0'.repeat(16)}-01`,
]

const repeated = 20

const unique: Check = {
  subject: 'transport',
  rule: { en: 'no two answers have the same trace', ru: 'у каждого ответа свой traceparent' },
  source: contract.request,
  needs: [],
  writes: false,
  calls: repeated,
  run: async probe => {
    const replies = await Promise.all(Array.from({ length: repeated }, () => probe.send(asked())))
    const seen = new Map<string, Reply>()
    return replies.flatMap((reply): Difference[] => {
      const got = traceOf(reply)
      const isNew = got !== '' && !seen.has(got)
      seen.set(got, reply)
      return isNew
        ? []
        : [
            differ(reply, {
              at: `header ${names.traceparent}`,
              expected: 'one of its own',
              got,
              source: contract.request,
            }),
          ]
    })
  },
}

/** How a trace goes on. Asked without a key: a refusal has a trace too. */
export const traces: Check[] = [
  trace(
    { en: 'a valid traceparent goes on under another span', ru: 'верный traceparent продолжается другим span' },
    `00-${id}-00f067aa0ba902b7-00`,
    got => got.startsWith(`00-${id}-`) && !got.includes('00f067aa0ba902b7'),
  ),
  ...invalid.map(incoming =>
    trace(
      { en: `the traceparent ${incoming} is replaced`, ru: `traceparent ${incoming} заменяется` },
      incoming,
      got => /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/.test(got) && !got.includes(id),
    ),
  ),
  unique,
]
