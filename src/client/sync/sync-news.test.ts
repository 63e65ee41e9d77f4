import { expect, test } from 'vitest'
import { makeStage } from '../../../test/support/sync/stage.ts'
import { type Change, makeHints, type SyncOptions, verifySync } from './index.ts'

const clean = { missing: 0, different: 0 }
const hourMs = 3_600_000

type Told = { change: Change; afterMs: number }

/** Forty mirrored chats that are followed; what is told, with the time that had passed since the last mark. */
async function makeFollowed(plan: Parameters<typeof makeStage>[0] = {}) {
  const stage = makeStage(plan)
  const [chat] = Array.from({ length: 40 }, (_, n) => stage.addChat(3, 1_000_000 + n * 60_000))
  if (!chat) throw new Error('there are forty')
  await stage.mirror()
  const hints = makeHints()
  const told: Told[] = []
  let markedAt = stage.clock.now()
  const onChange = (change: Change) => {
    told.push({ change, afterMs: stage.clock.now().getTime() - markedAt.getTime() })
  }
  const follow = (work: () => Promise<void>, options: SyncOptions = {}) =>
    stage.follow({ hints, onChange, sweepEveryMs: 60_000, ...options }, async () => {
      await stage.clock.wait(5_000)
      await work()
    })
  const mark = () => {
    markedAt = stage.clock.now()
    told.splice(0)
  }
  const verify = () => stage.clock.run(verifySync(stage.market.source, stage.store, { clock: stage.clock }))
  const messagesTold = () =>
    told.flatMap(({ change, afterMs }) => (change.kind === 'message' ? [{ change, afterMs }] : []))
  return { stage, chat, chatId: chat.chat.chatId, hints, told, messagesTold, follow, mark, verify }
}

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

test('of two answers that were under way at once, an older never replaces a newer', async () => {
  const { stage, chat, chatId, hints, follow, verify, told } = await makeFollowed()
  stage.delays = ({ operation }) => (operation === 'get' ? [10, 70_000] : [10, 10])

  await follow(async () => {
    hints.tell({ chatId, type: 'CHAT_ARBITRAGE_STARTED', at: stage.market.now() })
    await stage.clock.wait(1_000)
    stage.market.write(chat)
    await stage.clock.wait(69_500)
    stage.delays = () => [10, 10]
    await stage.clock.wait(20_000)
  })

  expect(told.filter(({ change }) => change.kind === 'chat')).toHaveLength(1)
  expect(await verify()).toMatchObject(clean)
})

test('what nobody can tell from two answers is asked for once more', async () => {
  const { stage, chat, chatId, hints, follow, verify } = await makeFollowed()
  stage.delays = ({ operation }) => (operation === 'list' ? [20_000, 10] : [10, 10])

  await follow(
    async () => {
      await stage.clock.wait(56_000) // a sweep is under way, and not served yet
      hints.tell({ chatId, type: 'CHAT_ARBITRAGE_STARTED', at: stage.market.now() })
      await stage.clock.wait(1_000)
      chat.chat.status = 'FINISHED'
      stage.market.write(chat)
      chat.chat.status = 'FINISHED'
      await stage.clock.wait(25_000)
      stage.delays = () => [10, 10]
      await stage.clock.wait(1_000)
    },
    { sweepEveryMs: 60_000 },
  )

  expect(await verify()).toMatchObject(clean)
})

/** A chat that the next reading of the list shows in a state that it then leaves, with a notification. */
async function makeFlicker(backMs: number, putMs: number) {
  const followed = await makeFollowed()
  const { stage, chat, chatId, hints } = followed
  const slow = { ms: 0 }
  let isNext = false
  const { putChats } = stage.store
  stage.store.putChats = async chats => {
    await stage.clock.wait(slow.ms)
    await putChats(chats)
  }
  stage.refuse = ({ operation }) => {
    if (operation !== 'list' || !isNext) return
    isNext = false
    slow.ms = putMs
    chat.chat.status = 'FINISHED'
    void stage.clock.wait(backMs).then(() => {
      slow.ms = 0
      chat.chat.status = 'NEW'
      hints.tell({ chatId, type: 'CHAT_ARBITRAGE_STARTED', at: stage.market.now() })
    })
  }
  return Object.assign(followed, { begin: () => (isNext = true), isBegun: () => !isNext })
}

test('answers are put one after another, however long the store takes', async () => {
  const { stage, follow, begin, isBegun, verify } = await makeFlicker(200, 5_000)

  await follow(async () => {
    begin()
    await stage.clock.wait(70_000)
  })

  expect(isBegun()).toBe(true)
  expect(await verify()).toMatchObject(clean)
})

test('an answer that is older than one that showed no change is not believed', async () => {
  const { stage, chat, chatId, hints, follow, told } = await makeFollowed()
  stage.delays = ({ operation }) => (operation === 'get' ? [10, 70_000] : [10, 10])

  await follow(async () => {
    const { status } = chat.chat
    chat.chat.status = 'FINISHED'
    hints.tell({ chatId, type: 'CHAT_ARBITRAGE_FINISHED', at: stage.market.now() })
    await stage.clock.wait(1_000)
    chat.chat.status = status
    await stage.clock.wait(69_500)
    stage.delays = () => [10, 10]
    await stage.clock.wait(5_000)
  })

  expect(told).toEqual([])
})

test('chats that come into the list a few seconds late are found below those that came before them', async () => {
  const { stage, follow, verify } = await makeFollowed({ ways: { chatsMost: 1 } })
  const [first, second, third] = [...stage.market.chats.values()]
  let isNext = false
  stage.refuse = ({ operation, token }) => {
    if (operation !== 'list' || token !== undefined || !isNext || !first || !second || !third) return
    isNext = false
    stage.market.write(first)
    const updatedAt = new Date(stage.market.stamp().getTime() - 5_000)
    void stage.clock.wait(500).then(() => [second, third].map(chat => stage.market.write(chat, { updatedAt })))
  }

  await follow(async () => {
    isNext = true
    await stage.clock.wait(150_000)
  })

  expect(isNext).toBe(false)
  expect(await verify()).toMatchObject(clean)
})

test('chats that move while the list is read page by page are found by the next reading', async () => {
  const { stage, follow, verify } = await makeFollowed({ ways: { chatsMost: 1 } })
  const chats = [...stage.market.chats.values()]
  const moves = { left: 6, isNext: false }
  stage.refuse = ({ operation, token }) => {
    if (operation !== 'list' || !moves.isNext) return
    if (token === undefined) for (const chat of chats.slice(0, 6)) stage.market.write(chat)
    else if (moves.left-- === 6) for (const chat of chats.slice(6, 9)) stage.market.write(chat)
    else if (moves.left === 0) moves.isNext = false
    else if (moves.left === 1) for (const chat of chats.slice(9, 10)) stage.market.write(chat)
  }
  stage.delays = ({ operation }) => (operation === 'list' && moves.isNext ? [5_000, 5_000] : [10, 10])

  await follow(async () => {
    moves.isNext = true
    await stage.clock.wait(300_000)
  })

  expect(moves.isNext).toBe(false)
  expect(await verify()).toMatchObject(clean)
})
