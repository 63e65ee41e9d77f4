import { EventEmitter } from 'node:events'
import type pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Silence } from './silence.ts'

const patienceMs = 20_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** As much of a pool and of its connections as is listened to and ended. */
function makeStage() {
  const pool = new EventEmitter() as unknown as pg.Pool & EventEmitter
  const silence = new Silence(pool, patienceMs)
  const makeClient = () => {
    const client = { end: vi.fn(async () => {}) } as unknown as pg.PoolClient
    pool.emit('acquire', client)
    return client
  }
  const pass = (ms: number) => vi.advanceTimersByTime(ms)
  return { pool, silence, makeClient, pass }
}

test('a connection on which a statement waits for too long is hung up, not sooner', () => {
  const { makeClient, pass } = makeStage()
  const client = makeClient()

  pass(patienceMs)
  expect(client.end).not.toHaveBeenCalled()
  pass(1_000)
  expect(client.end).toHaveBeenCalledOnce()
})

test('each statement of a transaction has the whole time', () => {
  const { silence, makeClient, pass } = makeStage()
  const client = makeClient()
  for (let statement = 0; statement < 5; statement++) {
    pass(patienceMs - 5_000)
    silence.asked(client)
  }

  expect(client.end).not.toHaveBeenCalled()
})

test('a connection that was given back may rest as long as it likes, and so may all when the pool has ended', () => {
  const { pool, silence, makeClient, pass } = makeStage()
  const [resting, busy] = [makeClient(), makeClient()]
  pool.emit('release', undefined, resting)
  pass(patienceMs * 3)
  expect(resting.end).not.toHaveBeenCalled()
  expect(busy.end).toHaveBeenCalled()

  const late = makeClient()
  silence.stop()
  pass(patienceMs * 3)
  expect(late.end).not.toHaveBeenCalled()
})
