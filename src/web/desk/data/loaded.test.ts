import { expect, test } from 'vitest'
import { onWire } from '#contract'
import { joinNewer, joinOlder } from './loaded.ts'

const page = (ids: number[], hasMore = false) => ({
  messages: ids.map(messageId => ({ messageId, createdAt: '2026-03-01T12:00:00Z', sender: onWire('customer') })),
  hasMore,
})
const idsOf = ({ messages, hasMore }: ReturnType<typeof joinNewer>) => [...messages.map(one => one.messageId), hasMore]

test.each([
  [[1, 2], [3], [1, 2, 3, true]],
  [
    [1, 2, 3],
    [2, 3, 4],
    [1, 2, 3, 4, true],
  ],
  [
    [2, 3],
    [1, 2, 3, 4],
    [1, 2, 3, 4, true],
  ],
  [[1, 2], [], [1, 2, true]],
])('of %j and what was read again, %j, each message is there once', (known, fresh, joined) => {
  expect(idsOf(joinNewer(page(known, true), page(fresh).messages))).toEqual(joined)
})

test('an older page comes before, each message once; a page without older ones is the end', () => {
  expect(idsOf(joinOlder(page([3, 4]), page([1, 2, 3], true)))).toEqual([1, 2, 3, 4, true])
  expect(idsOf(joinOlder(page([3, 4]), page([3], true)))).toEqual([3, 4, false])
})
