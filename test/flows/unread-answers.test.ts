import { beforeAll, describe, expect, test } from 'vitest'
import { makeCall, makeForm, makeScene, resultOf, type Scene, send } from '../support/published-calls.ts'
import { openConnection, spellHead } from '../support/raw-http.ts'
import { startTestMarket, useMarket } from '../support/test-market.ts'

const market = useMarket({ maxParallel: 8, stalledAfterMs: 800 })
const patience = { timeout: 30_000 }
const fileBytes = 5 * 1024 * 1024
let scene: Scene
let file: string

beforeAll(async () => {
  scene = await makeScene(market)
  await send(market, { ...makeCall('sendFileToChat', scene), body: makeForm(new Uint8Array(fileBytes)) })
  const { messages } = resultOf(await send(market, makeCall('getChatHistory', scene))) as {
    messages: { payload?: { url: string }[] }[]
  } // the published answer
  file = new URL(messages.at(-1)?.payload?.[0]?.url ?? '').pathname
})

const withKey = () => ({ 'api-key': scene.token })

/** Asks so often at once, on one connection, and reads nothing. */
async function askAndWait(head: string, times: number, url = market.url) {
  const connection = await openConnection(url)
  connection.socket.pause()
  connection.socket.write(head.repeat(times))
  return connection
}

describe('a caller who reads nothing', () => {
  test('is given up, and leaves the parallel slots of its business', async () => {
    for (let i = 0; i < 100; i++)
      await send(market, { ...makeCall('sendMessageToChat', scene), json: { message: 'я'.repeat(4096) } })
    const { path, query } = makeCall('getChatHistory', scene)
    const target = `${path}?${new URLSearchParams({ ...query, limit: '100' })}`
    const ask = `${spellHead('POST', target, { ...withKey(), 'content-type': 'application/json', 'content-length': 2 })}{}`

    // More than what the systems between them take: the last answers wait, and hold their slots.
    await askAndWait(ask, 40)
    await expect.poll(underWay, patience).toBe(8)

    await expect.poll(underWay, patience).toBe(0)
    expect(await send(market, makeCall('getChat', scene))).toMatchObject({ status: 200 })
  })

  test('is given up also if it goes on sending', async () => {
    const { socket } = await askAndWait(spellHead('GET', file, withKey()), 8)
    const sending = setInterval(() => socket.write(spellHead('GET', '/healthz')), 50)
    const failed = new Promise(resolve => socket.once('error', resolve))

    await expect(failed).resolves.toMatchObject({ syscall: 'write' })
    clearInterval(sending)
  })

  function underWay(): number {
    const { parallel } = market.running.market
    let free = 0
    while (parallel.enter(scene.businessId)) free++
    for (let i = 0; i < free; i++) parallel.release(scene.businessId)
    return 8 - free
  }
})

test('a caller who reads slowly is sent everything, however long it takes', async () => {
  const { socket } = await askAndWait(spellHead('GET', file, withKey()), 7)
  socket.write(spellHead('GET', file, { ...withKey(), connection: 'close' }))
  let bytes = 0
  socket.on('data', chunk => {
    bytes += chunk.length
    socket.pause()
  })
  // Every 5 ms a piece of at most 64 KB: longer than the bound, at least three times.
  const reading = setInterval(() => socket.resume(), 5)
  await new Promise(resolve => socket.once('close', resolve))
  clearInterval(reading)

  expect(bytes).toBeGreaterThan(8 * fileBytes)
})

test('of the requests of a connection eight are under way; the others wait for them', async () => {
  const free = await startTestMarket({ ...market, maxParallel: 0, log: market.running.market.log })
  let begun = 0
  const { parallel } = free.market
  const enter = parallel.enter.bind(parallel)
  parallel.enter = businessId => {
    begun++
    return enter(businessId)
  }
  const { path } = makeCall('getChats', scene)
  const ask = `${spellHead('POST', path, { ...withKey(), 'content-type': 'application/json', 'content-length': 2 })}{}`
  const connection = await openConnection(free.url)
  await market.sql.begin(async transaction => {
    await transaction`lock table market.chats`
    connection.socket.write(ask.repeat(50) + spellHead('GET', '/healthz', { connection: 'close' }))
    await expect.poll(() => begun, patience).toBe(8)
    await send(free, makeCall('getAuthTokenInfo', scene))
    expect(begun).toBe(9)
  })
  const said = await connection.closed

  expect(said.match(/"chats"/g)).toHaveLength(50)
  expect(begun).toBe(51)
  await free.stop()
})

test('a reader has 32 files at a time; one more is refused, and nobody else feels it', async () => {
  const patient = await startTestMarket({ ...market, log: market.running.market.log })
  const unread = await Promise.all(
    Array.from({ length: 6 }, () => askAndWait(spellHead('GET', file, withKey()), 8, patient.url)),
  )
  const read = (headers: Record<string, string>) => fetch(`${patient.url}${file}`, { method: 'HEAD', headers })

  await expect.poll(async () => (await read(withKey())).status, patience).toBe(503)
  const body = await (await fetch(`${patient.url}${file}`, { headers: withKey() })).text()
  const admin = await read({ authorization: `Bearer ${patient.adminToken}` })
  for (const { socket } of unread) socket.destroy()

  expect(body).toContain('"SERVICE_UNAVAILABLE"')
  expect(admin.status).toBe(200)
  await expect.poll(async () => (await read(withKey())).status, patience).toBe(200)
  await patient.stop()
})
