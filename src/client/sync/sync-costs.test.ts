import { expect, test } from 'vitest'
import { makeStage } from '../../../test/support/sync/stage.ts'
import { makeHints, verifySync } from './index.ts'

const hourMs = 3_600_000
const clean = { missing: 0, different: 0 }

test('ten thousand chats are mirrored in as few calls as can be', async () => {
  const stage = makeStage({ latencyMs: 1 })
  for (let n = 0; n < 10_000; n++) stage.addChat(n % 10 === 0 ? 91 : 1)

  await stage.mirror()

  expect(stage.calls.length / (10_000 / 20 + 10_000)).toBeLessThan(1.01)
  expect((await stage.store.readChat(stage.market.chats.keys().next().value ?? 0n))?.messages).toHaveLength(91)
})

test('an hour in which nothing happens takes a call every thirty seconds', async () => {
  const stage = makeStage()
  for (let n = 0; n < 50; n++) stage.addChat(2)
  await stage.mirror()
  const before = stage.calls.length

  await stage.follow({}, () => stage.clock.wait(hourMs))

  expect(stage.calls.length - before).toBeLessThanOrEqual(130)
})

test('a message that was notified takes one call', async () => {
  const stage = makeStage()
  const chats = Array.from({ length: 50 }, () => stage.addChat(2))
  await stage.mirror()
  const hints = makeHints()

  await stage.follow({ hints }, async () => {
    for (let n = 0; n < 600; n++) {
      await stage.clock.wait(6_137)
      const chat = chats[(n * 7) % 50]
      if (!chat) continue
      const { messageId } = stage.market.write(chat)
      const at = stage.clock.now()
      await stage.clock.wait(40)
      hints.tell({ chatId: chat.chat.chatId, messageId: `${messageId}`, at })
    }
    await stage.clock.wait(60_000)
  })

  expect(stage.countOf('history') - 50).toBeLessThanOrEqual(600 * 1.05)
  expect(await stage.clock.run(verifySync(stage.market.source, stage.store, stage))).toMatchObject(clean)
})

test('a chat of which we are told often is read once', async () => {
  const stage = makeStage()
  const chat = stage.addChat(1)
  await stage.mirror()
  const hints = makeHints()
  const before = stage.countOf('history')

  await stage.follow({ hints }, async () => {
    await stage.clock.wait(1_000)
    for (let n = 0; n < 30; n++) {
      const { messageId } = stage.market.write(chat)
      hints.tell({ chatId: chat.chat.chatId, messageId, at: stage.clock.now() })
    }
    await stage.clock.wait(10_000)
  })

  expect(stage.countOf('history') - before).toBe(1)
  expect((await stage.store.readChat(chat.chat.chatId))?.messages).toHaveLength(31)
})

test('hints of another business, of a message that is known, and of the beginning of a known chat cost nothing', async () => {
  const stage = makeStage()
  const { chat } = stage.addChat(3)
  await stage.mirror()
  const stored = await stage.store.readChat(chat.chatId)
  const hints = makeHints()
  const before = stage.calls.filter(({ operation }) => operation !== 'list').length

  await stage.follow({ hints }, async () => {
    hints.tell({ chatId: chat.chatId, businessId: 8n, messageId: 2n ** 62n })
    hints.tell({ chatId: chat.chatId, messageId: stored?.messages[1]?.messageId })
    hints.tell({ chatId: chat.chatId, type: 'CHAT_CREATED' })
    await stage.clock.wait(10_000)
  })

  expect(stage.calls.filter(({ operation }) => operation !== 'list').length).toBe(before)
})
