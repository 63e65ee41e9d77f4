import { expect, test } from 'vitest'
import { notificationTypeOf } from '#contract'
import { type Language, textsOf } from '../texts/index.ts'
import { AttemptLines } from './attempt-lines.ts'
import type { Handled } from './judge.ts'
import type { ReceivedAttempt } from './receiver.ts'

const at = new Date(2026, 10, 23, 9, 5, 7)
const body = Buffer.from('{"version":"1","name":"n","time":"2025-01-16T10:09:49Z"}')
const ok: Handled = { kind: 'answered', status: 200, media: undefined, body }
const broken: Handled = { kind: 'answered', status: 500, media: undefined, body }

function makeEvent(rest: Partial<ReceivedAttempt>): ReceivedAttempt {
  const usual = { type: notificationTypeOf.message_sent, chatId: 33n, messageId: '4545', webhookId: undefined }
  return { ...usual, outgoing: ok, durationMs: 14.2, ...rest }
}

function told(...events: Partial<ReceivedAttempt>[]) {
  return toldIn('en', ...events)
}

function toldIn(language: Language, ...events: Partial<ReceivedAttempt>[]) {
  const printed: string[] = []
  const lines = new AttemptLines(line => printed.push(line), textsOf(language))
  for (const event of events) lines.tell(makeEvent(event), at)
  return { printed, summary: lines.summary() }
}

test('a line has time, type, chat, message, status and duration, in columns', () => {
  const { printed } = told(
    {},
    { type: notificationTypeOf.chat_created, chatId: 7n, messageId: undefined, durationMs: 1234 },
  )
  const pad = (type: string) => type.padEnd(23)

  expect(printed).toEqual([
    `09:05:07  ${pad(notificationTypeOf.message_sent)}  chat 33    message 4545  →  200    14 ms`,
    `09:05:07  ${pad(notificationTypeOf.chat_created)}  chat 7                   →  200    1.2 s`,
  ])
})

test('an attempt that was made before is told as a retry, one that was delivered as a repetition', () => {
  const webhookId = 'one'
  const { printed, summary } = told(
    { webhookId, outgoing: broken },
    { webhookId, outgoing: broken },
    { webhookId },
    { webhookId },
    { webhookId: 'two' },
  )

  expect(printed.map(line => /ms +(.*)$/.exec(line)?.[1] ?? '')).toEqual([
    'to be tried again',
    'retry 1 · to be tried again',
    'retry 2',
    'again',
    '',
  ])
  expect(summary).toBe('5 attempts: 3 delivered, 2 failed')
})

test('a PING that fails as the one before is told once, and none is counted', () => {
  const ping = { type: 'PING', chatId: undefined, messageId: undefined } as const
  const down: Handled = { kind: 'unreachable', host: 'localhost', trouble: { code: 'ECONNREFUSED' } }
  const { printed, summary } = told(
    { ...ping, outgoing: down },
    { ...ping, outgoing: down },
    { ...ping, outgoing: broken },
    ping,
    ping,
  )

  expect(printed.map(line => /→ +(\d+)/.exec(line)?.[1])).toEqual(['502', '500', '200', '200'])
  expect(summary).toBe('no notifications came')
})

test('in Russian a line and the summary have Russian words and forms of plural', () => {
  const down: Handled = { kind: 'unreachable', host: 'localhost:3000', trouble: { code: 'ECONNREFUSED' } }
  const webhookId = 'one'
  const { printed, summary } = toldIn(
    'ru',
    { webhookId, outgoing: down },
    { webhookId, durationMs: 1234 },
    { webhookId: 'two' },
  )
  const head = `09:05:07  ${notificationTypeOf.message_sent.padEnd(23)}  чат 33    сообщение 4545  →  `

  expect(printed).toEqual([
    `${head}502    14 мс  localhost:3000: там никто не слушает · будет повтор`,
    `${head}200    1,2 с  повтор 1`,
    `${head}200    14 мс`,
  ])
  expect(summary).toBe('3 попытки: доставлено 2, не доставлено 1')
})
