import { expect, test } from 'vitest'
import { makeStage } from '../../../../test/support/sync/stage.ts'
import { type ChatStore, describeVerified, type StoredChat, verifySync } from '../index.ts'

/** A mirror of three chats with four messages each, read through a damage. */
async function makeMirror() {
  const stage = makeStage()
  const chats = [1_000_000, 2_000_000, 3_000_000].map(agoMs => stage.addChat(4, agoMs))
  await stage.mirror()
  const [first] = chats
  if (!first) throw new Error('there are three')
  const { chatId } = first.chat
  const verify = (store: ChatStore = stage.store) =>
    stage.clock.run(verifySync(stage.market.source, store, { clock: stage.clock }))
  const seenAs = (damage: (stored: StoredChat) => StoredChat | undefined): ChatStore => ({
    ...stage.store,
    async readChat(asked) {
      const stored = await stage.store.readChat(asked)
      return stored && asked === chatId ? damage(stored) : stored
    },
  })
  return { stage, first, chatId, verify, seenAs }
}

test('an exact mirror is said to be one', async () => {
  const { verify } = await makeMirror()

  expect(describeVerified(await verify())).toBe('3 chats, 12 messages, 0 missing, 0 different')
})

const damages: [string, (stored: StoredChat) => StoredChat | undefined, object, RegExp][] = [
  ['a chat that is missing, with its messages', () => undefined, { missing: 5, different: 0 }, /^chat \d+ is missing$/],
  [
    'a message that is missing',
    ({ chat, messages }) => ({ chat, messages: messages.slice(1) }),
    { missing: 1, different: 0 },
    /^message \d+ of chat \d+ is missing$/,
  ],
  [
    'a text that is another',
    ({ chat, messages }) => ({ chat, messages: messages.map((m, n) => (n === 2 ? { ...m, text: 'x' } : m)) }),
    { missing: 0, different: 1 },
    /^message \d+ of chat \d+ is stored otherwise$/,
  ],
  [
    'a file that is not at the market',
    ({ chat, messages }) => ({
      chat,
      messages: messages.map((m, n) => (n === 0 ? { ...m, files: [{ name: 'a.png', url: '/a', sizeBytes: 1 }] } : m)),
    }),
    { missing: 0, different: 1 },
    /^message \d+ of chat \d+ is stored otherwise$/,
  ],
  [
    'a status that is another',
    ({ chat, messages }) => ({ chat: { ...chat, status: 'FINISHED' }, messages }),
    { missing: 0, different: 1 },
    /^chat \d+ is stored otherwise$/,
  ],
  [
    'a message that nobody wrote',
    ({ chat, messages }) => ({
      chat,
      messages: [...messages, { messageId: 7n, createdAt: new Date(0), sender: 'PARTNER', text: 'x' }],
    }),
    { missing: 0, different: 1 },
    /^message 7 of chat \d+ is not at the market$/,
  ],
  [
    'a message that is there twice',
    ({ chat, messages }) => ({ chat, messages: [...messages, ...messages.slice(0, 1)] }),
    { missing: 0, different: 1 },
    /^chat \d+ has a message twice$/,
  ],
]

test.each(damages)('%s is told', async (_what, damage, counts, detail) => {
  const { verify, seenAs } = await makeMirror()

  const verified = await verify(seenAs(damage))

  expect(verified).toMatchObject({ chats: 3, messages: 12, ...counts })
  expect(verified.details[0]).toMatch(detail)
})

test('a file whose address is another is the same file', async () => {
  const { stage, first, verify, seenAs } = await makeMirror()
  const fileAt = (url: string) => [{ name: 'a.png', url, sizeBytes: 1 }]
  const message = stage.market.write(first)
  message.files = fileAt('/files/1?signed=now')
  await stage.mirror()

  const moved = seenAs(({ chat, messages }) => ({
    chat,
    messages: messages.map(m => (m.files ? { ...m, files: fileAt('/files/1?signed=then') } : m)),
  }))

  expect(await verify(moved)).toMatchObject({ messages: 13, missing: 0, different: 0 })
})

test('what differs because it is just being put is looked at again', async () => {
  const { verify, seenAs } = await makeMirror()
  let looks = 0

  const verified = await verify(seenAs(stored => (looks++ === 0 ? undefined : stored)))

  expect(verified).toMatchObject({ missing: 0, different: 0 })
  expect(looks).toBe(2)
})

test('what comes while it compares is not expected of the mirror', async () => {
  const { stage, first, verify } = await makeMirror()
  stage.refuse = ({ operation }) => {
    if (operation === 'history' && first.messages.length === 4) stage.market.write(first)
  }

  expect(await verify()).toMatchObject({ missing: 0, different: 0 })
})

test('of a chat that moves between two looks only what was wrong before is told', async () => {
  const { stage, first, verify, seenAs } = await makeMirror()
  let looks = 0
  const damaged = seenAs(({ chat, messages }) => {
    if (looks++ === 0) stage.market.write(first)
    return { chat, messages: messages.map((m, n) => (n === 2 ? { ...m, text: 'x' } : m)) }
  })

  expect(await verify(damaged)).toMatchObject({ missing: 0, different: 1 })
  expect(looks).toBe(2)
})

test('a chat that the list shows twice, as pages shift, is compared once', async () => {
  const { stage, first, verify } = await makeMirror()
  for (let n = 0; n < 30; n++) stage.addChat(1, 4_000_000 + n * 1_000)
  await stage.mirror()
  const { list } = stage.market.source.chats
  stage.market.source.chats.list = (filter, options) => {
    const pages = list(filter, options)
    return {
      ...pages,
      async *pages() {
        for await (const page of pages.pages()) yield { ...page, items: [...page.items, first.chat] }
      },
    }
  }

  expect(await verify()).toMatchObject({ chats: 33, messages: 42, missing: 0, different: 0 })
})

test('a chat that the market no longer lists is kept, and told of', async () => {
  const { stage, chatId, verify } = await makeMirror()
  stage.market.chats.delete(chatId)

  expect(describeVerified(await verify())).toBe(
    '2 chats, 8 messages, 0 missing, 0 different (1 chats are no longer at the market)',
  )
})
