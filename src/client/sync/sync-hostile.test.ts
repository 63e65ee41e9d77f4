import { describe, expect, test } from 'vitest'
import { makeFollowed } from '../../../test/support/sync/followed.ts'
import { makeStage } from '../../../test/support/sync/stage.ts'
import { QuotaWait, RateLimited, WireError } from '../errors.ts'
import { type Hint, makeHints, verifySync } from './index.ts'

const hourMs = 3_600_000
const clean = { missing: 0, different: 0 }
const misfit = () => new WireError({ operation: 'getChats', status: 200, path: '', why: 'is no JSON' })

describe('when the calls of an hour are used up', () => {
  test('by disputes of chats about nothing, news about other chats goes on, and the wait is reported once', async () => {
    const { stage, chat, chatId, hints, follow, messagesTold, told } = await makeFollowed({ limits: { getChat: 10 } })
    const others = [...stage.market.chats.values()].slice(1, 21)
    const problems: Error[] = []

    await follow(
      async () => {
        for (const other of others) {
          other.chat.context = { type: 'DIRECT' }
          stage.market.write(other)
        }
        await stage.clock.wait(90_000)
        for (const other of others) {
          other.chat.status = 'FINISHED'
          hints.tell({ chatId: other.chat.chatId, type: 'CHAT_ARBITRAGE_FINISHED' })
        }
        await stage.clock.wait(30_000)
        told.splice(0)
        const { messageId } = stage.market.write(chat)
        hints.tell({ chatId, messageId, at: stage.market.now() })
        await stage.clock.wait(3_000)
      },
      { onProblem: problem => problems.push(problem) },
    )

    expect(stage.countOf('get')).toBe(10)
    expect(messagesTold()).toHaveLength(1)
    expect(problems).toEqual([new QuotaWait('getChat', new Date('2026-03-01T10:00:00Z'))])
  })

  test('disputes of orders are told all the same: twenty take one call of the list', async () => {
    const { stage, hints, follow, told } = await makeFollowed({ limits: { getChat: 0 } })

    await follow(async () => {
      for (const { chat } of stage.market.chats.values()) {
        Object.assign(chat, { type: 'ARBITRAGE', status: 'WAITING_FOR_ARBITER' })
        hints.tell({ chatId: chat.chatId, type: 'CHAT_ARBITRAGE_STARTED', at: stage.market.now() })
      }
      await stage.clock.wait(1_000)
    })

    expect(told).toHaveLength(40)
    expect([stage.countOf('find'), stage.countOf('get')]).toEqual([2, 0])
  })
})

describe('a row of the list that cannot be read', () => {
  test('is told once a day, and everything else is mirrored and followed', async () => {
    const stage = makeStage()
    const chats = Array.from({ length: 50 }, (_, n) => stage.addChat(2, 1_000_000 + n * 1_000))
    const [first, bad] = chats
    if (!first || !bad) throw new Error('there are fifty')
    stage.market.unreadable.add(bad.chat.chatId)
    const problems: (bigint | undefined)[] = []

    await stage.follow({ onProblem: (_, chatId) => problems.push(chatId) }, async () => {
      await stage.clock.wait(hourMs)
      stage.market.write(first)
      await stage.clock.wait(32_000)
      expect((await stage.store.readChat(first.chat.chatId))?.messages).toHaveLength(3)
      expect(problems).toEqual([bad.chat.chatId])
      stage.market.unreadable.clear()
      await stage.clock.wait(24 * hourMs)
    })

    expect(await stage.clock.run(verifySync(stage.market.source, stage.store, stage))).toMatchObject(clean)
  })

  test('is what a sync that ends rejects with, after all the rest was mirrored', async () => {
    const stage = makeStage()
    for (let n = 0; n < 50; n++) stage.addChat(2, 1_000_000 + n * 1_000)
    const [bad] = stage.market.chats.keys()
    stage.market.unreadable.add(bad ?? 0n)

    await expect(stage.mirror()).rejects.toThrow(WireError)

    stage.market.unreadable.clear()
    expect(await stage.clock.run(verifySync(stage.market.source, stage.store, stage))).toMatchObject({ missing: 3 })
  })
})

test('a page of the list that can never be read holds up neither the top of the list nor the histories', async () => {
  const stage = makeStage()
  const [first] = Array.from({ length: 50 }, (_, n) => stage.addChat(2, 1_000_000 + n * 1_000))
  stage.refuse = ({ operation, token }) => {
    if (operation === 'list' && token !== undefined) throw misfit()
  }

  await stage.follow({}, async () => {
    await stage.clock.wait(hourMs)
    if (first) stage.market.write(first)
    await stage.clock.wait(32_000)
  })

  expect((await stage.store.readChat(first?.chat.chatId ?? 0n))?.messages).toHaveLength(3)
  expect(stage.countOf('list')).toBeLessThan(200)
})

test('a list whose second page is refused for ever is not begun again and again', async () => {
  const stage = makeStage({ latencyMs: 1 })
  for (let n = 0; n < 50; n++) stage.addChat(1, 1_000_000 + n * 1_000)
  const { list } = stage.market.source.chats
  stage.market.source.chats.list = (filter, options) => {
    const pages = list(filter, options)
    return { ...pages, page: token => pages.page(token && 'dead') }
  }

  await stage.follow({}, () => stage.clock.wait(hourMs))

  expect(stage.countOf('list')).toBeLessThan(300)
})

describe('forged notifications', () => {
  /** A long history that was mirrored, followed within the published limits, and who writes forged notifications. */
  async function makeAttacked() {
    const followed = await makeFollowed({ limits: {}, latencyMs: 4 })
    const { stage } = followed
    const low = stage.market.newId()
    const long = stage.addChat(3_000, 10_000_000)
    await stage.mirror()
    stage.calls.splice(0)
    const counts = () => ({
      ...{ find: stage.countOf('find'), get: stage.countOf('get') },
      ...{ history: stage.countOf('history'), look: stage.countOf('look'), list: stage.countOf('list') },
    })
    return { ...followed, long, low, counts }
  }

  test('one that names an old message asks for that message, and does not read the history', async () => {
    const { stage, hints, follow, counts, long, low } = await makeAttacked()

    await follow(async () => {
      hints.tell({ chatId: long.chat.chatId, messageId: low })
      await stage.clock.wait(50_000)
    })

    expect(counts()).toMatchObject({ history: 0, look: 3, find: 0, get: 0 })
  })

  test('one that names a message to come reads the end of the history three times', async () => {
    const { stage, hints, follow, counts, long } = await makeAttacked()

    await follow(async () => {
      hints.tell({ chatId: long.chat.chatId, messageId: stage.market.newId() })
      await stage.clock.wait(50_000)
    })

    expect(counts()).toMatchObject({ history: 3, look: 0, find: 0, get: 0 })
  })

  test.each<[string, (n: number, ids: { long: bigint; known: bigint[]; low: bigint }) => Hint]>([
    ['old messages of one chat', (n, { long, low }) => ({ chatId: long, messageId: low - BigInt(n) })],
    ['messages to come in one chat', (n, { long }) => ({ chatId: long, messageId: 2n ** 60n + BigInt(n) })],
    ['messages of all chats', (n, { known }) => ({ chatId: known[n % 41] ?? 0n, messageId: 2n ** 60n + BigInt(n) })],
    ['old messages of all chats', (n, { known }) => ({ chatId: known[n % 41] ?? 0n, messageId: BigInt(n + 1) })],
    ['chats that are not there', n => ({ chatId: BigInt(n + 1), messageId: 5n })],
    ['new chats that are not there', n => ({ chatId: BigInt(n + 1), type: 'CHAT_CREATED' })],
    ['disputes of all chats', (n, { known }) => ({ chatId: known[n % 41] ?? 0n, type: 'CHAT_ARBITRAGE_STARTED' })],
    ['disputes of chats that are not there', n => ({ chatId: BigInt(n + 1), type: 'CHAT_ARBITRAGE_STARTED' })],
  ])(
    'two thousand of %s in twelve minutes leave enough of every limit, and true news is told',
    async (_what, forge) => {
      const { stage, chat, hints, follow, mark, messagesTold, counts, long, low, verify } = await makeAttacked()
      const ids = { long: long.chat.chatId, known: [...stage.market.chats.keys()], low }
      const slowest = { ms: 0 }

      await follow(
        async () => {
          for (let n = 0; n < 2_000; n++) {
            hints.tell(forge(n, ids))
            await stage.clock.wait(360)
            if (n % 500 !== 499) continue
            slowest.ms = Math.max(slowest.ms, ...messagesTold().map(({ afterMs }) => afterMs))
            mark()
            for (const written of [chat, long]) {
              const { messageId } = stage.market.write(written)
              hints.tell({ chatId: written.chat.chatId, messageId, at: stage.market.now() })
            }
          }
          await stage.clock.wait(40_000)
        },
        { sweepEveryMs: 30_000 },
      )

      for (const count of Object.values(counts())) expect(count).toBeLessThan(230)
      expect(messagesTold()).toHaveLength(2)
      expect(slowest.ms).toBeLessThan(33_000)
      expect(await verify()).toMatchObject(clean)
    },
  )

  test('a sync that is to end does not wait for what they name, and keeps them for the next', async () => {
    const stage = makeStage({ limits: { getChatMessage: 0 } })
    const low = stage.market.newId()
    const { chat } = stage.addChat(50)
    await stage.mirror()
    const hints = makeHints()
    const [heard, started]: [Hint[], Date] = [[], stage.clock.now()]
    hints.tell({ chatId: chat.chatId, messageId: low })

    await stage.mirror({ hints })
    hints.listen(hint => heard.push(hint))

    expect(stage.clock.now().getTime() - started.getTime()).toBeLessThan(5_000)
    expect(heard).toHaveLength(1)
  })

  test('a true one of a late message is not lost among those for another chat', async () => {
    const { stage, hints, follow, long, low, verify } = await makeAttacked()
    const other = stage.addChat(50, 5_000_000)
    await stage.mirror()

    await follow(async () => {
      for (let n = 0; n < 500; n++) hints.tell({ chatId: long.chat.chatId, messageId: low - BigInt(n + 1) })
      await stage.clock.wait(60_000)
      stage.market.write(other, { messageId: low, createdAt: new Date(0), updatedAt: new Date(0) })
      hints.tell({ chatId: other.chat.chatId, messageId: low })
      await stage.clock.wait(30_000)
    })

    expect(await verify()).toMatchObject(clean)
  })
})

test('what a market wrote while its clock was an hour ahead keeps nobody reading for an hour', async () => {
  const stage = makeStage()
  const chat = stage.addChat(3)
  const writeAt = (at: Date) => stage.market.write(chat, { createdAt: at, updatedAt: at })
  writeAt(new Date(stage.market.stamp().getTime() + 3_600_000))
  await stage.mirror()
  chat.chat.updatedAt = stage.market.stamp()
  for (let n = 0; n < 30; n++) writeAt(stage.market.stamp())
  await stage.mirror()
  await stage.clock.run(stage.clock.wait(2_000))
  stage.calls.splice(0)

  writeAt(stage.market.stamp())
  const begunAt = stage.clock.now().getTime()
  await stage.mirror()

  expect(stage.clock.now().getTime() - begunAt).toBeLessThan(10_000)
  expect(stage.countOf('history')).toBeLessThanOrEqual(3)
  expect((await stage.store.readChat(chat.chat.chatId))?.messages).toHaveLength(35)
})

test('a market whose clock was an hour ahead for a moment is believed anew, so that no message of a second is missed', async () => {
  const { stage, chat, follow, verify } = await makeFollowed()
  const other = [...stage.market.chats.values()][1] ?? chat
  let isArmed = false
  stage.refuse = ({ operation }) => {
    if (!isArmed || operation !== 'list') return
    isArmed = false
    // Both in one second, the later one after the list was read.
    const times = { createdAt: stage.market.stamp(), updatedAt: stage.market.stamp() }
    stage.market.write(other, times)
    void stage.clock.wait(300).then(() => stage.market.write(other, times))
  }

  await follow(async () => {
    const ahead = new Date(stage.market.stamp().getTime() + 3_600_000)
    stage.market.write(chat, { createdAt: ahead, updatedAt: ahead })
    await stage.clock.wait(130_000)
    isArmed = true
    await stage.clock.wait(130_000)
  })

  expect(isArmed).toBe(false)
  expect(await verify()).toMatchObject({ missing: 0 })
})

test('a chat that could not be read for a minute, and got messages meanwhile, is read once or twice and not for ever', async () => {
  const stage = makeStage()
  const chat = stage.addChat(0, 0)
  let failures = 6
  stage.refuse = ({ operation }) => {
    if (operation !== 'history' || failures === 0) return
    failures--
    throw new RateLimited({ operation, status: 420, codes: [], messages: [], traceId: undefined }, undefined)
  }
  void stage.clock.wait(59_000).then(() => stage.market.write(chat))

  await stage.mirror()

  expect(failures).toBe(0)
  expect(stage.countOf('history')).toBeLessThan(12)
})
