import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Answer } from './answers.ts'
import { type Caller, sendInTurn, sendOnTime } from './send.ts'

const answer: Answer = { isGood: true, bodyBytes: 2 }

/** A caller whose server notes what it was asked, and answers when it is let. */
function makeCaller(name: string, asked: string[], wait: () => Promise<unknown> = turn): Caller {
  const ask = async (request: Buffer) => {
    asked.push(`${name}${request}`)
    await wait()
    return answer
  }
  return { connection: { ask, close() {} }, requests: ['1', '2'].map(text => Buffer.from(text)), next: 0 }
}

test('in turn, a caller sends its next request when it has its answer, round and round', async () => {
  const asked: string[] = []
  let answers = 0
  await sendInTurn(
    [makeCaller('a', asked)],
    () => answers >= 3,
    () => answers++,
  )

  expect(asked).toEqual(['a1', 'a2', 'a1'])
})

test('on time, requests go to whoever has waited longest', async () => {
  const asked: string[] = []
  const callers = ['a', 'b', 'c'].map(name => makeCaller(name, asked))
  await sendOnTime(callers, { due: [0, 0, 0, 0], now: () => 0 }, () => {})

  expect(asked).toEqual(['a1', 'b1', 'c1', 'a2'])
})

test('on time, what waits behind a server that stalls counts from when it was due', async () => {
  const clock = { ms: 0 }
  const took: number[] = []
  let asked = 0
  // It stalls for a second at the first request, and answers the others at once.
  const caller = makeCaller('a', [], async () => {
    if (asked++ === 0) clock.ms += 1_000
  })
  await sendOnTime([caller], { due: [0, 100, 200], now: () => clock.ms }, ms => took.push(ms))

  expect(took).toEqual([1_000, 900, 800])
})
