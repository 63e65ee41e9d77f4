import { performance } from 'node:perf_hooks'
import { setTimeout as after } from 'node:timers/promises'
import type { Answer } from './answers.ts'
import type { Connection } from './connection.ts'

/** A connection, and the requests that it cycles through. */
export type Caller = { connection: Connection; requests: Buffer[]; next: number }

/** Told how long an answer took. */
export type Note = (ms: number, answer: Answer) => void

/** When requests are due, in ms from the beginning, rising; and a clock in ms. */
export type Schedule = { due: readonly number[]; now: () => number }

const ask = (caller: Caller): Promise<Answer> =>
  caller.connection.ask(caller.requests[caller.next++ % caller.requests.length] ?? Buffer.alloc(0))

/** Each caller asks again as soon as it has its answer (closed loop), until told to end. */
export async function sendInTurn(callers: Caller[], isOver: () => boolean, note: Note): Promise<void> {
  const work = async (caller: Caller) => {
    while (!isOver()) {
      const sentAt = performance.now()
      const answer = await ask(caller)
      note(performance.now() - sentAt, answer)
    }
  }
  await Promise.all(callers.map(work))
}

/**
 * Requests are sent when they are due (open loop), by whichever caller has waited longest; if all are busy, as soon as one is free.
 * What an answer took is counted from when its request was due: a server that stalls makes all wait that come meanwhile.
 */
export async function sendOnTime(callers: Caller[], { due, now }: Schedule, note: Note): Promise<void> {
  const free = [...callers]
  const begun = now()
  const answered: Promise<void>[] = []
  let next = 0
  const work = async (caller: Caller, dueAt: number) => {
    const answer = await ask(caller)
    note(now() - dueAt, answer)
    free.push(caller)
    sendDue()
  }
  const sendDue = () => {
    for (let at = due[next]; at !== undefined && begun + at <= now(); at = due[next]) {
      const caller = free.shift()
      if (!caller) return
      next++
      answered.push(work(caller, begun + at))
    }
  }
  while (next < due.length) {
    sendDue()
    await after(1)
  }
  await Promise.all(answered)
}
