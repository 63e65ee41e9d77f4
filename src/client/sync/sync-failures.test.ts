import { expect, test } from 'vitest'
import { refusal } from '../../../test/support/sync/model-market.ts'
import { makeStage } from '../../../test/support/sync/stage.ts'
import { BadRequest, Forbidden, NotFound, Unauthorized, Unavailable, WireError } from '../errors.ts'
import { type ChatStore, type Progress, verifySync } from './index.ts'

const hourMs = 3_600_000
const clean = { missing: 0, different: 0 }

test.each([
  [new Unauthorized(refusal('getChats', 401))],
  [new Forbidden(refusal('getChats', 403))],
  [new TypeError('a bug')],
])('%s ends the sync', async error => {
  const stage = makeStage({
    refuse: () => {
      throw error
    },
  })

  await expect(stage.clock.run(stage.sync())).rejects.toBe(error)
  expect(stage.calls).toHaveLength(1)
})

test.each(['readNotes', 'writeNotes', 'putChats', 'putMessages'] as const)(
  'what the store throws in %s ends the sync, and the next goes on from there',
  async broken => {
    const stage = makeStage()
    stage.addChat(3)
    const failing: ChatStore = { ...stage.store, [broken]: () => Promise.reject(new Error('the disk is full')) }

    await expect(stage.clock.run(stage.sync({ once: true }, failing))).rejects.toThrow('the disk is full')
    await stage.mirror()

    expect(await stage.clock.run(verifySync(stage.market.source, stage.store, stage))).toMatchObject(clean)
  },
)

test.each([
  new Error('not now'),
  new Unavailable(refusal('sendMessageToChat', 503)),
  new NotFound(refusal('getChat', 404)),
  new BadRequest(refusal('sendMessageToChat', 400)),
])('what the listener throws ends the sync, of whatever class it is: %s', async error => {
  const stage = makeStage()
  stage.addChat(1)
  const onChange = () => {
    throw error
  }

  await expect(stage.mirror({ onChange })).rejects.toBe(error)
})

test('what the store throws ends the sync, of whatever class it is', async () => {
  const stage = makeStage()
  stage.addChat(1)
  const error = new Unavailable(refusal('getChat', 503))

  await expect(
    stage.clock.run(stage.sync({}, { ...stage.store, putMessages: () => Promise.reject(error) })),
  ).rejects.toBe(error)
})

test('an outage is waited out, ever more slowly', async () => {
  const stage = makeStage()
  const chat = stage.addChat(1)
  const problems: Error[] = []
  stage.refuse = () => {
    throw new Unavailable(refusal('getChats', 503))
  }

  await stage.follow({ onProblem: problem => problems.push(problem) }, async () => {
    await stage.clock.wait(hourMs)
    expect(stage.calls.length).toBeLessThan(75)
    stage.refuse = () => {}
    await stage.clock.wait(70_000)
  })

  expect(problems.length).toBeGreaterThan(50)
  expect((await stage.store.readChat(chat.chat.chatId))?.messages).toHaveLength(1)
})

test('a chat that cannot be read holds up no other, and one that is gone is left alone', async () => {
  const stage = makeStage()
  const [gone, odd, good] = [stage.addChat(1), stage.addChat(1), stage.addChat(1)].map(({ chat }) => chat.chatId)
  stage.refuse = ({ operation, chatId }) => {
    if (operation !== 'history') return
    if (chatId === gone) throw new NotFound(refusal('getChatHistory', 404))
    if (chatId === odd)
      throw new WireError({ operation: 'getChatHistory', status: 200, path: 'result', why: 'is no object' })
  }
  const problems = new Map<bigint | undefined, number>()
  const onProblem = (_: Error, chatId?: bigint) => problems.set(chatId, (problems.get(chatId) ?? 0) + 1)

  await stage.follow({ onProblem }, () => stage.clock.wait(hourMs))

  expect((await stage.store.readChat(good ?? 0n))?.messages).toHaveLength(1)
  expect(problems.get(gone)).toBe(1)
  expect(problems.get(odd)).toBeLessThan(20)
  await expect(stage.mirror()).rejects.toThrow(WireError)
})

test('an abort ends it with its reason, at any time, and leaves the store alone', async () => {
  const stage = makeStage()
  for (let n = 0; n < 30; n++) stage.addChat(3)
  const ending = new AbortController()
  const reason = new Error('the shop is closed')
  const following = stage.sync({ signal: ending.signal })
  const closing = stage.clock.wait(305).then(() => ending.abort(reason))

  await expect(stage.clock.run(Promise.all([following, closing]))).rejects.toBe(reason)
  expect(stage.clock.now().toISOString()).toBe('2026-03-01T09:00:00.505Z')
  await expect(stage.sync({ signal: ending.signal })).rejects.toBe(reason)
})

test('a page token that the market takes no more means to begin the list again', async () => {
  const stage = makeStage()
  for (let n = 0; n < 50; n++) stage.addChat(1, 1_000_000 + n * 10_000)
  const dead = new Set<string>()
  stage.refuse = ({ operation, token }) => {
    if (operation !== 'list' || token === undefined) return
    if (dead.size === 0) dead.add(token)
    if (dead.has(token)) throw new BadRequest(refusal('getChats', 400))
  }
  const shift = stage.clock.wait(500).then(() => stage.addChat(1, 0)) // other pages, other tokens

  await stage.mirror()
  await shift

  expect(await stage.clock.run(verifySync(stage.market.source, stage.store, stage))).toMatchObject(clean)
})

test('a list or a history whose page leads to itself is told, and has an end', async () => {
  const stage = makeStage({ ways: { pageMax: 2 } })
  for (let n = 0; n < 50; n++) stage.addChat(5, 1_000_000 + n * 10_000)
  const { list } = stage.market.source.chats
  stage.market.source.chats.list = (filter, options) => {
    const pages = list(filter, options)
    return { ...pages, page: async token => ({ ...(await pages.page(token)), nextPageToken: 'same' }) }
  }

  await expect(stage.mirror()).rejects.toThrow(WireError)
  expect(stage.countOf('list')).toBeLessThan(12)

  stage.market.source.chats.list = list
  const { history } = stage.market.source.messages
  stage.market.source.messages.history = (chatId, filter, options) => {
    const pages = history(chatId, filter, options)
    return { ...pages, page: async token => ({ ...(await pages.page(token)), nextPageToken: '1' }) }
  }

  await expect(stage.mirror()).rejects.toThrow(WireError)
})

test('an outage while chats are read holds up the list too, and is over with the first answer', async () => {
  const stage = makeStage()
  for (let n = 0; n < 5; n++) stage.addChat(1, 1_000_000 + n * 10_000)
  const problems: number[] = []
  let isAway = true
  stage.refuse = ({ operation }) => {
    if (operation === 'history' && isAway) throw new Unavailable(refusal('getChatHistory', 503))
  }

  await stage.follow({ onProblem: () => problems.push(stage.clock.now().getTime()) }, async () => {
    await stage.clock.wait(60_000)
    isAway = false
    await stage.clock.wait(120_000)
    isAway = true
    const chat = stage.addChat(1, 0)
    await stage.clock.wait(31_000)
    isAway = false
    await stage.clock.wait(90_000)
    expect((await stage.store.readChat(chat.chat.chatId))?.messages).toHaveLength(1)
  })

  // Seven pauses, of 1, 2, 4, … s, with two readings before each; then again from 1 s.
  expect(problems.length).toBeLessThan(24)
})

test('an aborted sync settles only when the store has been left alone', async () => {
  const stage = makeStage()
  for (let n = 0; n < 30; n++) stage.addChat(1, 1_000_000 + n * 10_000)
  const ending = new AbortController()
  const { putMessages } = stage.store
  let putting = 0
  stage.store.putMessages = async (...given) => {
    putting++
    if (putting === 2) ending.abort(new Error('enough'))
    await stage.clock.wait(10_000)
    const added = await putMessages(...given)
    putting--
    return added
  }

  await expect(stage.mirror({ signal: ending.signal })).rejects.toThrow('enough')

  expect(putting).toBe(0)
})

test('what the listener of progress throws ends the sync, at the very end too', async () => {
  const stage = makeStage()
  stage.addChat(1)
  const onProgress = ({ phase, chatsDone }: Progress) => {
    if (phase === 'reading' && chatsDone === 1) throw new Error('a full disk')
  }

  await expect(stage.mirror({ onProgress })).rejects.toThrow('a full disk')
})
