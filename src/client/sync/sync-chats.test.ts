import { expect, test } from 'vitest'
import { refusal } from '../../../test/support/sync/model-market.ts'
import { makeStage } from '../../../test/support/sync/stage.ts'
import { Unauthorized } from '../errors.ts'
import { type Change, makeHints, makeMemoryStore, type Progress, verifySync } from './index.ts'

const hourMs = 3_600_000
const clean = { missing: 0, different: 0 }

test('a message that comes late and far down is found by its notification', async () => {
  const stage = makeStage()
  const late = { messageId: stage.market.newId(), updatedAt: new Date(0) }
  const chat = stage.addChat(40)
  await stage.mirror()
  const hints = makeHints()

  await stage.follow({ hints }, async () => {
    stage.market.write(chat, late)
    hints.tell({ chatId: chat.chat.chatId, messageId: late.messageId, at: stage.clock.now() })
    await stage.clock.wait(10_000)
  })

  expect((await stage.store.readChat(chat.chat.chatId))?.messages).toHaveLength(41)
})

test('a message that comes late and far down is found without one, since nothing else explains why the list moved', async () => {
  const stage = makeStage()
  const late = { messageId: stage.market.newId(), createdAt: new Date('2026-01-01T00:00:00Z') }
  const chat = stage.addChat(40)
  await stage.mirror()

  await stage.follow({}, async () => {
    await stage.clock.wait(10_000)
    stage.market.write(chat, late)
    await stage.clock.wait(60_000)
  })

  expect((await stage.store.readChat(chat.chat.chatId))?.messages).toHaveLength(41)
})

test('a message that appears a little below those that were read is found with the next one', async () => {
  const stage = makeStage()
  const chat = stage.addChat(30)
  const late = { messageId: stage.market.newId(), updatedAt: new Date(0) }
  for (let n = 0; n < 5; n++) stage.market.write(chat)
  await stage.mirror()

  await stage.follow({}, async () => {
    await stage.clock.wait(10_000)
    stage.market.write(chat, late)
    stage.market.write(chat)
    await stage.clock.wait(60_000)
  })

  expect((await stage.store.readChat(chat.chat.chatId))?.messages).toHaveLength(37)
})

test('a long history that was cut short is not begun anew', async () => {
  const stage = makeStage()
  const { chat } = stage.addChat(2_000)
  const firstPages = { left: 10 }
  stage.refuse = ({ operation }) => {
    if (operation === 'history' && firstPages.left-- <= 0) throw new Unauthorized(refusal('getChatHistory', 401))
  }
  await expect(stage.mirror()).rejects.toThrow(Unauthorized)
  stage.refuse = () => {}
  stage.calls.splice(0)

  await stage.mirror()

  expect(stage.countOf('history')).toBe(11)
  expect((await stage.store.readChat(chat.chatId))?.messages).toHaveLength(2_000)
})

test('a chat that was to be read again, and was cut short in it, is still to be read', async () => {
  const stage = makeStage({ ways: { pageMax: 2 } })
  const { chat } = stage.addChat(5)
  await stage.store.putChats([{ ...chat }])
  await stage.store.putMessages(chat.chatId, [], { chatId: chat.chatId, updatedAt: chat.updatedAt, isRead: false })
  stage.refuse = ({ operation, token }) => {
    if (operation === 'history' && token !== undefined) throw new Unauthorized(refusal('getChatHistory', 401))
  }
  await expect(stage.mirror()).rejects.toThrow(Unauthorized)
  stage.refuse = () => {}

  await stage.mirror()

  expect((await stage.store.readChat(chat.chatId))?.messages).toHaveLength(5)
})

test('no more chats are read at once than was said', async () => {
  const stage = makeStage()
  for (let n = 0; n < 30; n++) stage.addChat(1)

  await stage.mirror({ parallel: 3 })

  expect(stage.maxAtOnce).toBe(3)
})

test('who begins now is told of what comes, not of what stood', async () => {
  const stage = makeStage()
  const chats = Array.from({ length: 30 }, (_, n) => stage.addChat(2, 1_000_000 + n * 1000))
  const [first] = chats
  const last = chats.at(-1)
  if (!first || !last) throw new Error('there are thirty')
  const changes: Change[] = []

  await stage.follow({ begin: 'now', onChange: change => changes.push(change) }, async () => {
    await stage.clock.wait(5_000)
    stage.market.write(first)
    stage.market.write(last)
    stage.market.write(stage.addChat(0, 0))
    await stage.clock.wait(2 * hourMs)
  })

  const words = changes.map(change => (change.kind === 'chat' ? (change.isNew ? 'new chat' : 'chat') : 'message'))
  expect(words.toSorted()).toEqual(['chat', 'chat', 'message', 'message', 'message', 'new chat'])
  expect(stage.countOf('list')).toBeLessThan(250)
})

test('a store that was only watched is mirrored whole when it is asked for all', async () => {
  const stage = makeStage()
  for (let n = 0; n < 30; n++) stage.addChat(2, 1_000_000 + n * 1000)
  await stage.mirror({ begin: 'now' })
  const watched = await stage.clock.run(verifySync(stage.market.source, stage.store, stage))

  await stage.mirror()

  expect(watched.missing).toBeGreaterThan(0)
  expect(await stage.clock.run(verifySync(stage.market.source, stage.store, stage))).toMatchObject(clean)
})

test('progress tells how far it is, and when it will be done', async () => {
  const stage = makeStage({ latencyMs: 200 })
  for (let n = 0; n < 60; n++) stage.addChat(1, 1_000_000 + n * 10_000)
  const seen: Progress[] = []

  await stage.mirror({ onProgress: progress => seen.push(progress) })

  expect([...new Set(seen.map(({ phase }) => phase))]).toEqual(['listing', 'reading'])
  expect(seen.at(-1)).toMatchObject({ chatsDone: 60, chatsKnown: 60, messages: 60, calls: 64 })
  const estimates = seen.flatMap(({ endsAt }) => (endsAt ? [endsAt.getTime() - stage.clock.now().getTime()] : []))
  expect(estimates.slice(10).filter(ms => Math.abs(ms) > 1_500)).toEqual([])
  expect(estimates.length).toBeGreaterThan(50)
})

test('what is marked and noted is enough for another store to go on from', async () => {
  const stage = makeStage()
  const chat = stage.addChat(5)
  await stage.mirror()
  const moved = makeMemoryStore()
  for await (const { chat: known, mark } of stage.store.known()) {
    await moved.putChats([known])
    const stored = await stage.store.readChat(known.chatId)
    if (mark) await moved.putMessages(known.chatId, stored?.messages ?? [], mark)
  }
  await moved.writeNotes((await stage.store.readNotes()) ?? '')
  stage.market.write(chat)
  stage.calls.splice(0)

  await stage.clock.run(stage.sync({ once: true }, moved))

  expect(stage.calls).toHaveLength(2)
  expect((await moved.readChat(chat.chat.chatId))?.messages).toHaveLength(6)
})

test('a sync that has ended listens to no hints: they wait for the next', async () => {
  const stage = makeStage()
  const hints = makeHints()
  const heard: unknown[] = []
  await stage.follow({ hints }, () => stage.clock.wait(5_000))

  hints.tell({ chatId: 33n })
  hints.listen(hint => heard.push(hint))

  expect(heard).toEqual([{ chatId: 33n }])
})
