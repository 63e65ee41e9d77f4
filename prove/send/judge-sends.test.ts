import { expect, test } from 'vitest'
import { findLies, findWrongFiles, type Said } from './judge-sends.ts'

const sent = { chatId: 33n, messageId: 65n, text: 'Добрый день' }
const confirmed: Said = { chatId: 33n, text: sent.text, outcome: 'confirmed', messageId: 65n }
const unknown: Said = { chatId: 33n, text: sent.text, outcome: 'unknown' }
const notSent: Said = { chatId: 33n, text: sent.text, outcome: 'notSent' }

test.each<[what: string, said: Said[], sent: (typeof sent)[], lies: number]>([
  ['confirmed, and there once', [confirmed], [sent], 0],
  ['unknown, and there', [unknown], [sent], 0],
  ['unknown, and not there', [unknown], [], 0],
  ['not sent, and not there', [notSent], [], 0],
  ['confirmed, and not there', [confirmed], [], 2],
  ['confirmed, and there twice', [confirmed], [sent, { ...sent, messageId: 66n }], 1],
  ['unknown, and there twice', [unknown], [sent, { ...sent, messageId: 66n }], 1],
  ['not sent, and there', [notSent], [sent], 1],
  ['confirmed as another message', [{ ...confirmed, messageId: 66n }], [sent], 1],
  ['two confirmed as one message', [confirmed, confirmed], [sent, { ...sent, messageId: 66n }], 1],
])('%s', (_what, said, stored, lies) => {
  expect(findLies(said, stored)).toHaveLength(lies)
})

test.each([
  ['sent', 1, true],
  ['sent', 0, false],
  ['sent', 2, false],
  ['SendUnknown', 0, true],
  ['SendUnknown', 1, true],
  ['SendUnknown', 2, false],
  ['RateLimited', 1, false],
])('a file said to be %s that is there %i times is right: %s', (outcome, times, isRight) => {
  const wrong = findWrongFiles(new Map([['a.txt', outcome]]), new Map([['a.txt', times]]))

  expect(wrong).toHaveLength(isRight ? 0 : 1)
})
