import { expect, test } from 'vitest'
import type { ChatId } from '#contract'
import { requestKey } from './request-key.ts'

const chatId = 1n as ChatId // as the edge has read it
const file = { kind: 'file', fileName: 'a.png', fileType: 'image/png', fileHash: 'aa', fileSize: 1 } as const
const asked = { operation: 'sendFileToChat', chatId, content: file } as const

const others: [string, Parameters<typeof requestKey>[1]][] = [
  ['operation', { ...asked, operation: 'sendMessageToChat' }],
  ['chat', { ...asked, chatId: 2n as ChatId }], // likewise
  ['name', { ...asked, content: { ...file, fileName: 'b.png' } }],
  ['content', { ...asked, content: { ...file, fileHash: 'bb' } }],
  ['kind', { ...asked, content: { kind: 'text', body: 'a.png' } }],
]

test.each(others)('another %s is another request under the same key', (_what, other) => {
  const [one, two] = [requestKey('a', asked), requestKey('a', other)]

  expect(two.keyHash).toBe(one.keyHash)
  expect(two.fingerprint).not.toBe(one.fingerprint)
})
