import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Chat, ChatMark, Message } from '#client'
import { textsOf } from '../../texts/index.ts'
import { FolderStore } from './folder-store.ts'

const at = new Date('2026-03-01T09:00:00Z')
const chatId = 2n ** 60n + 1n
const chat: Chat = { chatId, context: { type: 'DIRECT' }, type: 'CHAT', status: 'NEW', createdAt: at, updatedAt: at }
const message = (messageId: bigint): Message => ({ messageId, createdAt: at, sender: 'CUSTOMER', text: `${messageId}` })
const mark = (lastMessageId: bigint): ChatMark => ({ chatId, updatedAt: at, isRead: true, lastMessageId })

async function makeStore() {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const open = () => FolderStore.open(folder, textsOf('en'))
  return { folder, store: await open(), open }
}

test('what was put is there when it is opened again, digit for digit', async () => {
  const { store, open } = await makeStore()
  await store.putChats([chat])
  expect(await store.putMessages(chatId, [message(2n), message(1n), message(2n)], mark(2n))).toEqual([2n, 1n])
  expect(await store.putMessages(chatId, [message(2n), message(3n)], mark(3n))).toEqual([3n])

  const again = await open()
  const known = []
  for await (const each of again.known()) known.push(each)

  expect(known).toEqual([{ chat, mark: mark(3n) }])
  expect((await again.readChat(chatId))?.messages).toEqual([message(1n), message(2n), message(3n)])
  expect(await again.counts()).toEqual({ chats: 1, messages: 3 })
})

test('puts to one chat at once undo nothing of each other', async () => {
  const { store } = await makeStore()
  await store.putChats([chat])

  await Promise.all([
    ...[1n, 2n, 3n, 4n].map(id => store.putMessages(chatId, [message(id)], mark(id))),
    store.putChats([{ ...chat, status: 'FINISHED' }]),
  ])

  const stored = await store.readChat(chatId)
  expect(stored?.messages.map(({ messageId }) => messageId)).toEqual([1n, 2n, 3n, 4n])
  expect(stored?.chat.status).toBe('FINISHED')
})

test('notes that are written at once are written one after the other: the last ones stay', async () => {
  const { folder, store, open } = await makeStore()

  await Promise.all(['1', '2', '3', '4'].map(notes => store.writeNotes(notes)))

  expect(await (await open()).readNotes()).toBe('4')
  expect(readdirSync(folder)).toEqual(['notes.json'])
})

test('a put that failed does not stop the next', async () => {
  const { store } = await makeStore()

  const early = store.putMessages(chatId, [message(1n)], mark(1n))
  const late = store.putChats([chat])

  await expect(early).rejects.toThrow('before the chat itself')
  await late
  expect(await store.chatIds()).toEqual([chatId])
})

test('a file that somebody has spoiled is named', async () => {
  const { folder, store } = await makeStore()
  writeFileSync(join(folder, '33.json'), '{')

  await expect(store.readChat(33n)).rejects.toThrow('33.json is damaged')
})
