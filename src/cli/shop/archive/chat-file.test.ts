import { expect, test } from 'vitest'
import { type ChatFile, readChatFile, serializeChatFile } from './chat-file.ts'

const at = new Date('2026-03-10T12:00:00Z')
const file: ChatFile = {
  chat: {
    chatId: 7n,
    context: { type: 'ORDER', customer: { name: 'Анна' }, campaignId: 3n, orderId: 2n ** 62n },
    type: 'CHAT',
    status: 'SOMETHING_OF_TOMORROW',
    createdAt: at,
    updatedAt: at,
  },
  mark: { chatId: 7n, updatedAt: at, isRead: true, lastMessageId: 12n },
  messages: [
    { messageId: 11n, createdAt: at, sender: 'CUSTOMER', text: ' a "text"\n\u001b[2J' },
    { messageId: 12n, createdAt: at, sender: 'PARTNER', files: [{ name: '../x', url: 'https://x/1', sizeBytes: 5 }] },
  ],
}

test('a chat is read as it was written, digit for digit and letter for letter', () => {
  expect(readChatFile(serializeChatFile(file))).toEqual(file)
  expect(readChatFile(serializeChatFile({ ...file, messages: [] }))).toEqual({ ...file, messages: [] })
})

test('a chat without a mark has none', () => {
  const { mark: _, ...unread } = file
  expect(readChatFile(serializeChatFile(unread))).toEqual(unread)
})

test.each(['', '{"chat":', '[]', '{}', '{"chat":{"chatId":1},"messages":[]}', serializeChatFile(file).slice(0, -20)])(
  'what was not written by us is not taken: %j',
  text => {
    expect(readChatFile(text)).toBeUndefined()
  },
)
