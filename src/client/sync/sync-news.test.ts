import { expect, test } from 'vitest'
import { makeFollowed } from '../../../test/support/sync/followed.ts'

const clean = { missing: 0, different: 0 }
const hourMs = 3_600_000

test('a message of the second in which another was read is told within two seconds', async () => {
  const { stage, chat, chatId, hints, follow, mark, messagesTold } = await makeFollowed()

  await follow(async () => {
    await stage.clock.wait(1_000 - (stage.clock.now().getTime() % 1_000))
    const { messageId } = stage.market.write(chat)
    hints.tell({ chatId, messageId, at: new Date(0) }) // long over: it is read at once
    await stage.clock.wait(500)
    stage.market.write(chat)
    mark()
    await stage.clock.wait(30_000)
  })

  expect(messagesTold()).toHaveLength(1)
  expect(messagesTold()[0]?.afterMs).toBeLessThan(2_000)
})

test('promptly, a message is told at once, and so is the next of its second when that is over', async () => {
  const { stage, chat, chatId, hints, follow, mark, messagesTold } = await makeFollowed()

  await follow(
    async () => {
      await stage.clock.wait(1_000 - (stage.clock.now().getTime() % 1_000))
      mark()
      const { messageId } = stage.market.write(chat)
      hints.tell({ chatId, messageId, at: stage.market.now() })
      await stage.clock.wait(500)
      stage.market.write(chat)
      await stage.clock.wait(30_000)
    },
    { promptly: () => true },
  )

  const [first, second] = messagesTold().map(({ afterMs }) => afterMs)
  expect(first).toBeLessThan(300)
  expect(second).toBeLessThan(2_500)
})

test('promptly, the first message of a chat that is not known is told at once, too', async () => {
  const { stage, hints, follow, mark, messagesTold } = await makeFollowed()

  await follow(
    async () => {
      await stage.clock.wait(1_000 - (stage.clock.now().getTime() % 1_000))
      const { chatId } = stage.market.open()
      const chat = stage.market.chats.get(chatId)
      if (!chat) return
      const { messageId } = stage.market.write(chat)
      mark()
      hints.tell({ chatId, messageId, at: stage.market.now() })
      await stage.clock.wait(10_000)
    },
    { promptly: () => true },
  )

  expect(messagesTold()).toHaveLength(1)
  expect(messagesTold()[0]?.afterMs).toBeLessThan(500)
})

test('a message that cannot be read yet when its notification comes is told soon after it can be', async () => {
  const { stage, chat, chatId, hints, follow, mark, messagesTold } = await makeFollowed()
  const taken = { messageId: stage.market.newId(), createdAt: stage.market.stamp() }

  await follow(async () => {
    hints.tell({ chatId, messageId: taken.messageId, at: stage.market.now() })
    await stage.clock.wait(2_000)
    stage.market.write(chat, taken)
    mark()
    await stage.clock.wait(20_000)
  })

  expect(messagesTold()).toHaveLength(1)
  expect(messagesTold()[0]?.afterMs).toBeLessThan(4_000)
})

test('one that can be read half a minute later, far down, is told then', async () => {
  const { stage, chat, chatId, hints, follow, messagesTold } = await makeFollowed()
  const taken = { messageId: stage.market.newId(), createdAt: stage.market.stamp(), updatedAt: new Date(0) }

  await follow(async () => {
    for (let n = 0; n < 30; n++) stage.market.write(chat)
    await stage.clock.wait(10_000)
    hints.tell({ chatId, messageId: taken.messageId, at: stage.market.now() })
    await stage.clock.wait(20_000)
    stage.market.write(chat, taken)
    await stage.clock.wait(30_000)
  })

  expect(messagesTold().map(({ change }) => change.message.messageId)).toContain(taken.messageId)
})

test('a dispute, which does not move the list, is told at once by its notification', async () => {
  const { stage, chat, chatId, hints, follow, mark, told } = await makeFollowed()

  await follow(async () => {
    mark()
    Object.assign(chat.chat, { type: 'ARBITRAGE', status: 'WAITING_FOR_ARBITER' })
    hints.tell({ chatId, type: 'CHAT_ARBITRAGE_STARTED', at: stage.market.now() })
    await stage.clock.wait(1_000)
  })

  expect(told).toMatchObject([{ change: { kind: 'chat', chat: { chatId, status: 'WAITING_FOR_ARBITER' } } }])
})

test('the first message of a chat that is not known is told within three seconds', async () => {
  const { stage, hints, follow, mark, messagesTold } = await makeFollowed()

  await follow(async () => {
    const { chatId } = stage.market.open()
    const chat = stage.market.chats.get(chatId)
    if (!chat) return
    const { messageId } = stage.market.write(chat)
    mark()
    hints.tell({ chatId, messageId, at: stage.market.now() })
    await stage.clock.wait(10_000)
  })

  expect(messagesTold()).toHaveLength(1)
  expect(messagesTold()[0]?.afterMs).toBeLessThan(3_000)
})

test('a later hint does not put off the sweep that an earlier one has called for', async () => {
  const { stage, hints, follow, mark, told } = await makeFollowed()

  await follow(async () => {
    await stage.clock.wait(1_000 - (stage.clock.now().getTime() % 1_000) + 900)
    const { chatId } = stage.market.open()
    mark()
    hints.tell({ chatId, type: 'CHAT_CREATED', at: stage.market.now() })
    await stage.clock.wait(150)
    hints.tell({ chatId: stage.market.newId(), type: 'CHAT_CREATED', at: stage.market.now() })
    await stage.clock.wait(10_000)
  })

  expect(told[0]).toMatchObject({ change: { kind: 'chat', isNew: true } })
  expect(told[0]?.afterMs).toBeLessThan(600)
})

test('our clock, set ahead in a quiet hour, does not make a second seem over', async () => {
  const { stage, chat, chatId, hints, follow, messagesTold, verify } = await makeFollowed()

  await follow(async () => {
    await stage.clock.wait(300_000)
    stage.market.setOurClock(hourMs)
    await stage.clock.wait(300_000 - (stage.clock.now().getTime() % 1_000))
    const { messageId } = stage.market.write(chat)
    hints.tell({ chatId, messageId, at: new Date(0) })
    await stage.clock.wait(500)
    stage.market.write(chat)
    await stage.clock.wait(300_000)
  })

  expect(messagesTold()).toHaveLength(2)
  expect(await verify()).toMatchObject(clean)
})

test('a notification of the future does not make a second seem over', async () => {
  const { stage, chat, chatId, hints, follow, messagesTold } = await makeFollowed()

  await follow(async () => {
    await stage.clock.wait(1_000 - (stage.clock.now().getTime() % 1_000))
    const { messageId } = stage.market.write(chat)
    hints.tell({ chatId, messageId, at: new Date(stage.market.now().getTime() + hourMs + 999) }) // read in 251 ms
    await stage.clock.wait(500)
    stage.market.write(chat)
    await stage.clock.wait(180_000)
  })

  expect(messagesTold()).toHaveLength(2)
})
