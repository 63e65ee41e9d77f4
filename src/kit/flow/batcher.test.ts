import { expect, test } from 'vitest'
import { Batcher } from './batcher.ts'

class Away extends Error {}
const gate = () => Promise.withResolvers<void>()

/** A batcher of texts that answers each in capitals; a text with an exclamation mark spoils its batch. */
function makeBatcher({ max = 3, inFlight = 2, queue = 100, open = Promise.resolve(), outcomes = 100 } = {}) {
  const batches: string[][] = []
  const sizes: number[] = []
  const batcher = new Batcher<string, string>({
    ...{ max, inFlight, queue: { max: queue, fullError: () => new RangeError('full') } },
    compare: (a, b) => a.localeCompare(b),
    isAboutAll: error => error instanceof Away,
    onBatch: size => sizes.push(size),
    async work(items) {
      batches.push(items)
      await open
      if (items.includes('away!')) throw new Away()
      if (items.some(item => item.endsWith('!'))) throw new TypeError(items.join())
      return items.slice(0, outcomes).map(item => item.toUpperCase())
    },
  })
  return { batches, sizes, addAll: (...items: string[]) => Promise.allSettled(items.map(item => batcher.add(item))) }
}

const settled = (results: PromiseSettledResult<string>[]) =>
  results.map(result => (result.status === 'fulfilled' ? result.value : String(result.reason)))

test('what comes while the batches in flight are under way goes together, in the order of the comparison', async () => {
  const { promise: open, resolve } = gate()
  const { batches, sizes, addAll } = makeBatcher({ open })
  const added = addAll('d', 'c', 'b', 'e', 'a', 'f')
  expect(batches).toEqual([['d'], ['c']])

  resolve()
  expect(settled(await added)).toEqual(['D', 'C', 'B', 'E', 'A', 'F'])
  expect(batches).toEqual([['d'], ['c'], ['a', 'b', 'e'], ['f']])
  expect(sizes).toEqual([1, 1, 3, 1])
})

test('items that compare equal keep the order in which they came', async () => {
  const batches: { chat: number; text: string }[][] = []
  const { promise: open, resolve } = gate()
  const batcher = new Batcher<{ chat: number; text: string }, boolean>({
    ...{ max: 9, inFlight: 1, compare: (a, b) => a.chat - b.chat, isAboutAll: () => true },
    async work(items) {
      batches.push(items)
      await open
      return items.map(() => true)
    },
  })
  const items = ['a', 'b', 'c', 'd', 'e'].map((text, index) => ({ chat: index % 2, text }))
  const added = Promise.all(items.map(item => batcher.add(item)))
  resolve()
  await added

  expect(batches[1]?.map(({ text }) => text).join('')).toBe('cebd')
})

test.each([
  {
    why: 'a bad item is tried alone, and so are its neighbours',
    items: ['a', 'b!', 'c'],
    come: ['A', 'TypeError: b!', 'C'],
  },
  { why: 'an error about all rejects all, none is tried again', items: ['a', 'away!'], come: ['Error', 'Error'] },
  {
    why: 'an error about all met by one alone rejects that one',
    items: ['b!', 'away!', 'a'],
    come: ['Error', 'Error', 'Error'],
  },
])('$why', async ({ items, come }) => {
  const { promise: open, resolve } = gate()
  const { addAll } = makeBatcher({ inFlight: 1, open })
  const first = addAll('first')
  const added = addAll(...items)
  resolve()

  expect(settled(await first)).toEqual(['FIRST'])
  expect(settled(await added)).toEqual(come)
})

test('each item of a batch that fails is tried once more and no oftener', async () => {
  const { promise: open, resolve } = gate()
  const { batches, addAll } = makeBatcher({ inFlight: 1, open })
  const added = addAll('first', 'a', 'b!')
  resolve()
  await added

  expect(batches).toEqual([['first'], ['a', 'b!'], ['a'], ['b!']])
})

test('with fewer outcomes than items those without one are rejected, and nothing is done again', async () => {
  const { promise: open, resolve } = gate()
  const { batches, addAll } = makeBatcher({ inFlight: 1, open, outcomes: 1 })
  const added = addAll('first', 'a', 'b')
  resolve()

  expect(settled(await added)).toEqual(['FIRST', 'A', 'RangeError: the work of a batch has fewer outcomes than items'])
  expect(batches).toHaveLength(2)
})

test('an item that finds the queue full is rejected, and later ones are taken again', async () => {
  const { promise: open, resolve } = gate()
  const { addAll } = makeBatcher({ inFlight: 1, queue: 2, open })
  const added = addAll('under way', 'waits', 'waits too', 'too many')
  resolve()

  expect(settled(await added)).toEqual(['UNDER WAY', 'WAITS', 'WAITS TOO', 'RangeError: full'])
  expect(settled(await addAll('later'))).toEqual(['LATER'])
})

test('items of different groups are never in one batch, one batch of a group is under way, and groups take turns', async () => {
  const { promise: open, resolve } = gate()
  const batches: [string, string[]][] = []
  const batcher = new Batcher<string, string, string>({
    ...{ max: 2, inFlight: 2, inFlightOfGroup: 1, isAboutAll: () => true },
    groupOf: item => item.slice(0, 1),
    async work(items, group) {
      batches.push([group, items])
      await open
      return items
    },
  })
  const added = Promise.all(['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1'].map(item => batcher.add(item)))
  expect(batches).toEqual([
    ['a', ['a1']],
    ['b', ['b1']],
  ])

  resolve()
  expect(await added).toEqual(['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1'])
  expect(batches.slice(2)).toEqual([
    ['a', ['a2', 'a3']],
    ['b', ['b2']],
    ['c', ['c1']],
    ['a', ['a4']],
  ])
})

test('a site that does not answer leaves places to the others', async () => {
  const never = new Promise<never>(() => {})
  const batcher = new Batcher<string, string, string>({
    ...{ max: 1, inFlight: 3, inFlightOfGroup: 1, inFlightOfSite: 2, isAboutAll: () => true },
    groupOf: item => item,
    siteOf: group => group.slice(0, 1),
    work: async items => (items[0]?.startsWith('a') ? never : items),
  })
  for (const item of ['a1', 'a2', 'a3', 'a4']) void batcher.add(item)

  expect(await Promise.all(['b1', 'b2', 'b1'].map(item => batcher.add(item)))).toEqual(['b1', 'b2', 'b1'])
})
