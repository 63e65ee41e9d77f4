import { expect, test } from 'vitest'
import { makeFollowed } from '../../../test/support/sync/followed.ts'
import { makeStage } from '../../../test/support/sync/stage.ts'

const clean = { missing: 0, different: 0 }

test('of two answers that were under way at once, an older never replaces a newer', async () => {
  const { stage, chat, chatId, hints, follow, verify, told } = await makeFollowed()
  stage.delays = ({ operation }) => (operation === 'find' ? [10, 70_000] : [10, 10])

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
  stage.delays = ({ operation }) => (operation === 'find' ? [10, 70_000] : [10, 10])

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
  const { stage, follow, verify } = await makeFollowed({ ways: { chatsMax: 1 } })
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
  const { stage, follow, verify } = await makeFollowed({ ways: { chatsMax: 1 } })
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

test('notes are written one after another, however long the store takes', async () => {
  const stage = makeStage()
  for (let n = 0; n < 30; n++) stage.addChat(1, 1_000_000 + n * 1_000)
  const { writeNotes } = stage.store
  let [writing, maxAtOnce, count] = [0, 0, 0]
  stage.store.writeNotes = async notes => {
    count++
    maxAtOnce = Math.max(maxAtOnce, ++writing)
    await stage.clock.wait(5_000)
    writing--
    await writeNotes(notes)
  }

  await stage.mirror()

  expect({ maxAtOnce, count }).toEqual({ maxAtOnce: 1, count: 2 })
})
