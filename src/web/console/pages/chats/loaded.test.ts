import { expect, test } from 'vitest'
import { joinNewest, joinOlder, type Loaded, type MessagesPage } from './loaded.ts'

type Message = MessagesPage['messages'][number]

const makeMessage = (id: number, createdAt = `at ${id}`) =>
  ({ messageId: id, createdAt, sender: 'MARKET', kind: 'text', text: `${id}` }) as unknown as Message // what matters of one
const idsOf = ({ messages }: Loaded) => messages.map(({ messageId }) => Number(messageId))
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** A server that has these messages, three a page. */
function serverWith(ids: readonly number[]) {
  return async (before?: MessagesPage['before']): Promise<MessagesPage> => {
    const older = ids.filter(id => before === undefined || id < Number(before))
    const page = older.slice(-3)
    return { messages: page.map(id => makeMessage(id)), ...(older.length > 3 && { before: page[0] }) } as MessagesPage // of made-up ids
  }
}

const read = (ids: readonly number[], known?: Loaded) => joinNewest(serverWith(ids), () => known)

test('the first reading is the newest page', async () => {
  expect(await read(range(1, 8))).toMatchObject({ before: 6 })
  expect(idsOf(await read(range(1, 8)))).toEqual([6, 7, 8])
})

test('however many came meanwhile, there is no gap, and what was loaded before stays', async () => {
  const known: Loaded = { messages: range(1, 4).map(id => makeMessage(id)), before: undefined }

  expect(idsOf(await read(range(1, 12), known))).toEqual(range(1, 12))
  expect(await read(range(1, 4), known)).toEqual(known)
})

test('messages that a restored snapshot has taken back are forgotten', async () => {
  const known: Loaded = { messages: range(1, 9).map(id => makeMessage(id)), before: undefined }
  const others: Loaded = { messages: [makeMessage(4, 'another time')], before: undefined }

  expect(idsOf(await read(range(1, 5), known))).toEqual([3, 4, 5])
  expect(idsOf(await read(range(1, 5), others))).toEqual([3, 4, 5])
})

test('an older page goes in front once', async () => {
  const known = await read(range(1, 8))
  const older = await serverWith(range(1, 8))(known.before)
  const once = joinOlder(known, older)

  expect(idsOf(once)).toEqual(range(3, 8))
  expect(once.before).toBe(3)
  expect(joinOlder(once, older)).toEqual(once)
})
