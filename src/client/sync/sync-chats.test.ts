import { expect, test } from 'vitest'
import { refusal } from '../../../test/support/sync/model-market.ts'
import { makeStage } from '../../../test/support/sync/stage.ts'
import { BadRequest, Forbidden, NotFound, Unauthorized, Unavailable, WireError } from '../errors.ts'
import { type Change, type ChatStore, makeHints, makeMemoryStore, type Progress, verifySync } from './index.ts'

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
  const before = stage.countOf('history') + stage.countOf('get')

  await stage.follow({ hints }, async () => {
    hints.tell({ chatId: chat.chatId, businessId: 8n, messageId: 2n ** 62n })
    hints.tell({ chatId: chat.chatId, messageId: stored?.messages[1]?.messageId })
    hints.tell({ chatId: chat.chatId, type: 'CHAT_CREATED' })
    await stage.clock.wait(10_000)
  })

  expect(stage.countOf('history') + stage.countOf('get')).toBe(before)
})

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
  const stage = makeStage({ ways: { pageMost: 2 } })
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

test('what the listener throws ends the sync', async () => {
  const stage = makeStage()
  stage.addChat(1)
  const onChange = () => {
    throw new Error('not now')
  }

  await expect(stage.mirror({ onChange })).rejects.toThrow('not now')
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

test('no more chats are read at once than was said', async () => {
  const stage = makeStage()
  for (let n = 0; n < 30; n++) stage.addChat(1)

  await stage.mirror({ parallel: 3 })

  expect(stage.most).toBe(3)
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
  expect(seen.at(-1)).toMatchObject({ chatsDone: 60, chatsKnown: 60, messages: 60, calls: 63 })
  const estimates = seen.flatMap(({ endsAt }) => (endsAt ? [endsAt.getTime() - stage.clock.now().getTime()] : []))
  expect(estimates.slice(10).filter(ms => Math.abs(ms) > 300)).toEqual([])
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
  const stage = makeStage({ ways: { pageMost: 2 } })
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

test('a sync that has ended listens to no hints: they wait for the next', async () => {
  const stage = makeStage()
  const hints = makeHints()
  const heard: unknown[] = []
  await stage.follow({ hints }, () => stage.clock.wait(5_000))

  hints.tell({ chatId: 33n })
  hints.listen(hint => heard.push(hint))

  expect(heard).toEqual([{ chatId: 33n }])
})

test('what the listener of progress throws ends the sync, at the very end too', async () => {
  const stage = makeStage()
  stage.addChat(1)
  const onProgress = ({ phase, chatsDone }: Progress) => {
    if (phase === 'reading' && chatsDone === 1) throw new Error('a full disk')
  }

  await expect(stage.mirror({ onProgress })).rejects.toThrow('a full disk')
})
