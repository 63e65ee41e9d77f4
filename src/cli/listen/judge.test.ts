import { expect, test } from 'vitest'
import { textsOf } from '../texts/index.ts'
import { type Handled, judge } from './judge.ts'

const good = '{"version":"1.0.0","name":"CRM","time":"2025-01-16T10:09:49.759084017Z"}'

function answered(status: number, body: string, media: string | undefined = 'application/json'): Handled {
  return { kind: 'answered', status, media, body: Buffer.from(body) }
}

const down: Handled = { kind: 'unreachable', host: 'x', trouble: { code: 'ECONNREFUSED' } }

test.each<[what: string, handled: Handled, outcome: string, why: string | RegExp]>([
  ['200 as it must be', answered(200, good), 'delivered', ''],
  ['a type with a charset', answered(200, good, 'application/json; charset=utf-8'), 'delivered', ''],
  ['no type', { ...answered(200, good), media: undefined } as Handled, 'delivered', ''],
  ['400', answered(400, ''), 'refused', 'refused for good'],
  ['500', answered(500, good), 'failed', ''],
  ['201', answered(201, good), 'failed', ''],
  ['a redirect', answered(302, good), 'failed', 'redirects are not followed'],
  ['another type', answered(200, good, 'text/html'), 'failed', 'its content-type is not application/json'],
  ['no body', answered(200, ''), 'failed', 'its body is empty'],
  ['no JSON', answered(200, 'OK'), 'failed', 'its body is not JSON'],
  ['a field too few', answered(200, '{"version":"1","time":"2025-01-16T10:09:49Z"}'), 'failed', 'its body lacks name'],
  [
    'a long name',
    answered(200, good.replace('CRM', 'C'.repeat(101))),
    'failed',
    /^name size must be between 1 and 100/,
  ],
  ['a time that is none', answered(200, good.replace('2025-', 'x')), 'failed', 'time is not a date'],
  ['a long one', answered(200, `${good}${' '.repeat(65_536)}`), 'failed', 'its body is longer than 64 KB'],
  ['a program that is down', down, 'failed', 'x: nothing listens there'],
  ['a program that speaks something else', { ...down, trouble: 'noHttp' }, 'failed', 'x does not speak HTTP'],
  ['one that hangs', { kind: 'late' }, 'failed', 'no answer in time'],
])('%s', (_what, handled, outcome, why) => {
  const judgement = judge(handled, textsOf('en').answer)
  expect(judgement.outcome).toBe(outcome)
  expect(judgement.why).toMatch(why instanceof RegExp ? why : new RegExp(`^${why}$`))
})
