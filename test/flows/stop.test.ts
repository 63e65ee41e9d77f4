import { Agent, request } from 'node:http'
import { expect, test, vi } from 'vitest'
import { makeCall, makeScene, type Scene, send } from '../support/published-calls.ts'
import { openConnection, spellHead } from '../support/raw-http.ts'
import { collectingLog, startTestMarket, useMarket } from '../support/test-market.ts'
import { expectUnhurried } from '../support/unhurried-stop.ts'

const market = useMarket()

const startAnother = () => startTestMarket({ ...market, maxParallel: 9, log: collectingLog([]) })
const letter = '{"message":"на пороге"}'
const headOf = (scene: Scene) =>
  spellHead('POST', `${makeCall('sendMessageToChat', scene).path}?chatId=${scene.chatId}`, {
    'api-key': scene.token,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(letter),
  })

test('a market that is told to stop answers what it has begun, says it is not ready, takes nobody new, and ends', async () => {
  const scene = await makeScene(market)
  const another = await startAnother()
  const busy = await openConnection(another.url)
  busy.socket.write(headOf(scene))
  await vi.waitFor(() => expect(countUnderWay(another.market.parallel, scene.businessId)).toBe(1), {
    interval: 5,
    timeout: 30_000,
  })

  const stopped = another.stop()
  await vi.waitFor(() => expect(isRefused(another.url)).resolves.toBe(true), { interval: 5, timeout: 30_000 })
  busy.socket.write(letter + spellHead('GET', '/readyz'))

  expect(await busy.answered(/stopping/)).toMatch(
    /^HTTP\/1.1 200 OK[\s\S]*{"status":"OK"}HTTP\/1.1 503 [\s\S]*connection: close/i,
  )
  await stopped
  await busy.closed
  const history = await send(market, makeCall('getChatHistory', scene))
  expect(history.text).toContain('на пороге')
})

test('a connection that was busy when the stop began does not keep it waiting once it is answered', async () => {
  const scene = await makeScene(market)
  const another = await startAnother()
  const agent = new Agent({ keepAlive: true })
  const posting = request(`${another.url}${makeCall('sendMessageToChat', scene).path}?chatId=${scene.chatId}`, {
    agent,
    method: 'POST',
    headers: {
      'api-key': scene.token,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(letter),
    },
  })
  posting.flushHeaders()
  const answered = new Promise(resolve => posting.on('response', response => resolve(response.resume().statusCode)))
  await vi.waitFor(() => expect(countUnderWay(another.market.parallel, scene.businessId)).toBe(1), {
    interval: 5,
    timeout: 30_000,
  })

  const stopped = expectUnhurried(() => another.stop())
  posting.end(letter)

  expect(await answered).toBe(200)
  await stopped
  agent.destroy()
})

test('idle connections do not keep a stop waiting, and a second stop is the same stop', async () => {
  const another = await startAnother()
  const idle = await openConnection(another.url)
  const used = await openConnection(another.url)
  used.socket.write(spellHead('GET', '/healthz'))
  await used.answered(/"ok"/)

  await expectUnhurried(() => Promise.all([another.stop(), another.stop()]))

  await Promise.all([idle.closed, used.closed])
})

type Parallel = Awaited<ReturnType<typeof startAnother>>['market']['parallel']

function countUnderWay(parallel: Parallel, businessId: bigint): number {
  let free = 0
  while (parallel.enter(businessId)) free++
  for (let i = 0; i < free; i++) parallel.release(businessId)
  return parallel.max - free
}

async function isRefused(url: string): Promise<boolean> {
  try {
    ;(await openConnection(url)).socket.destroy()
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'
  }
}
