import { expect, onTestFinished, test, vi } from 'vitest'
import { type Clock, systemClock } from '#kit'
import { makeBuyer } from '../support/buyer.ts'
import { prilavok } from '../support/command.ts'
import { openEvents } from '../support/event-stream.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { makeCall, makeScene, send } from '../support/published-calls.ts'
import { openConnection, spellHead } from '../support/raw-http.ts'
import { cloneDatabase, collectingLog, startTestMarket, useMarket } from '../support/test-market.ts'

const market = useMarket()
const lameDuckMs = 77_777
const patience = { interval: 20, timeout: 60_000 }

/** A market whose lame-duck phase lasts until the test ends it. */
async function startLameDuck() {
  const end = Promise.withResolvers<void>()
  const clock: Clock = {
    ...systemClock,
    after: (delayMs, work) => {
      if (delayMs !== lameDuckMs) return systemClock.after(delayMs, work)
      void end.promise.then(work)
      return () => {}
    },
  }
  const running = await startTestMarket({ ...market, clock, log: collectingLog([]) })
  onTestFinished(() => {
    end.resolve()
    return running.stop()
  })
  return { running, end: end.resolve }
}

test('a lame duck says that it is not ready, serves whoever still comes, and asks each to connect anew', async () => {
  const { running, end } = await startLameDuck()
  const scene = await makeScene(running)
  const idle = await openConnection(running.url)
  const stopped = running.stop({ lameDuckMs })

  const asked = await openConnection(running.url)
  asked.socket.write(spellHead('GET', '/readyz'))
  const posted = await send(running, makeCall('sendMessageToChat', scene))
  idle.socket.write(spellHead('GET', '/healthz'))

  expect(await asked.closed).toMatch(/^HTTP\/1.1 503 [\s\S]*connection: close[\s\S]*stopping/i)
  expect(posted).toMatchObject({ status: 200 })
  expect(posted.headers.get('connection')).toBe('close')
  expect(await idle.closed).toMatch(/^HTTP\/1.1 200 [\s\S]*connection: close/i)
  end()
  await stopped
  await expect(openConnection(running.url)).rejects.toThrow('ECONNREFUSED')
})

test('the event streams of a lame duck go on, and end when it closes', async () => {
  const { running, end } = await startLameDuck()
  const buyer = await makeBuyer(running)
  const stream = await openEvents(running, buyer)
  const stopped = running.stop({ lameDuckMs })
  const late = await openEvents(running, buyer)

  expect([stream.isWhole(), late.isWhole()]).toEqual([false, false])
  end()
  await Promise.all([stream.ended, late.ended, stopped])
  expect([stream.isWhole(), late.isWhole()]).toEqual([true, true])
})

async function startCommand(...more: string[]) {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  const args = ['market', '--json', '--port', '0', '--data', makeOpenFolder(), '--database-url', url, ...more]
  const command = prilavok(args)
  const { api } = JSON.parse(await command.firstLine()) as { api: string } // the documented line
  return { ...command, readiness: async () => (await fetch(`${api}/readyz`)).status }
}

test('SIGTERM makes a market with a database of its own a lame duck, and a second one ends it at once', async () => {
  const { child, readiness, ended } = await startCommand('--lame-duck', '600')

  child.kill('SIGTERM')
  await vi.waitFor(async () => expect(await readiness()).toBe(503), patience)
  child.kill('SIGTERM')

  expect((await ended).code).toBe(130)
}, 60_000)

test('at Ctrl-C nobody waits', async () => {
  const { child, ended } = await startCommand('--lame-duck', '600')

  child.kill('SIGINT')

  expect((await ended).code).toBe(0)
}, 60_000)
