import { expect, test } from 'vitest'
import { Patience } from './patience.ts'

const never = new Promise<void>(() => {})
const done = Promise.resolve()

type Given = { over: Promise<void>; isOnOthers?: () => boolean }

/** A patience whose time is over at once, or never, and how long it meant to wait each time. */
function makePatience({ over, isOnOthers = () => true }: Given) {
  const waits: number[] = []
  const wait = (ms: number) => {
    waits.push(Math.round(ms))
    return over
  }
  return { patience: new Patience({ isOnOthers, wait }), waits }
}

test('it waits for others a second at first, and less each time that it was in vain, to a twentieth', async () => {
  const { patience, waits } = makePatience({ over: done })

  for (let count = 0; count < 30; count++) await patience.waitFor(never)

  expect(waits.slice(0, 4)).toEqual([1000, 800, 640, 512])
  expect(waits.at(-1)).toBe(50)
  expect(waits.reduce((sum, ms) => sum + ms)).toBeLessThan(7_000)
})

test('waiting for what is done costs nothing of it', async () => {
  const { patience, waits } = makePatience({ over: never })

  for (let count = 0; count < 30; count++) await patience.waitFor(done)

  expect(new Set(waits)).toEqual(new Set([1000]))
})

test("the market's own work is waited for until it is stuck, and costs nothing of it", async () => {
  const { patience, waits } = makePatience({ over: done, isOnOthers: () => false })

  await patience.waitFor(never)

  expect(waits).toEqual(Array(1500).fill(10))
})

test('others have their whole time from when they are asked', async () => {
  const answers = [false, true, true, true]
  const { patience, waits } = makePatience({ over: done, isOnOthers: () => answers.shift() ?? true })

  await patience.waitFor(never)

  expect(waits).toEqual([10, 1000])
})

test('what goes wrong is told', async () => {
  const { patience } = makePatience({ over: never })

  await expect(patience.waitFor(Promise.reject(new Error('lost')))).rejects.toThrow('lost')
})
