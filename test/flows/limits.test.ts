import { PassThrough } from 'node:stream'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { makeManualClock } from '#kit'
import { insertCampaign } from '../../src/market/store/campaigns.ts'
import { envelope, makeCall, makeScene, type Scene, send } from '../support/published-calls.ts'
import { openConnection, type RawConnection, spellHead } from '../support/raw-http.ts'
import { collectingLog, startTestMarket, useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-06-01T09:15:00Z'))
const market = useMarket({ isHourlyLifted: false, maxParallel: 4, clock })
let scene: Scene

beforeEach(async () => {
  scene = await makeScene(market)
})

const askToken = (at: { url: string } = market) => send(at, makeCall('getAuthTokenInfo', scene))
const remainingOf = (reply: { headers: Headers }) => Number(reply.headers.get('x-ratelimit-resource-remaining'))

/** Four at a time, as many as may be under way. */
async function askTokenTimes(times: number, at: { url: string } = market) {
  const replies: Awaited<ReturnType<typeof askToken>>[] = []
  while (replies.length < times)
    replies.push(
      ...(await Promise.all(Array.from({ length: Math.min(4, times - replies.length) }, () => askToken(at)))),
    )
  return replies
}

const passed = (replies: { status: number }[]) => replies.filter(reply => reply.status === 200).length
const refused = () => ({
  status: 420,
  text: envelope(
    'LIMIT_EXCEEDED',
    `Hit rate limit of 100 requests per 1 hour for resource /v2/auth/token for businessId ${scene.businessId}`,
  ),
})

describe('the hour of an operation', () => {
  test('lets exactly as many pass as it may, counts down, and says when it ends', async () => {
    const replies = await askTokenTimes(108)

    expect(passed(replies)).toBe(100)
    expect(
      replies
        .slice(0, 100)
        .map(remainingOf)
        .sort((a, b) => b - a),
    ).toEqual(Array.from({ length: 100 }, (_each, i) => 99 - i))
    for (const reply of replies.slice(100)) {
      expect(reply).toMatchObject(refused())
      expect(reply.headers.get('x-ratelimit-resource-limit')).toBe('100')
      expect(remainingOf(reply)).toBe(0)
      expect(reply.headers.get('x-ratelimit-resource-until')).toBe('Mon, 01 Jun 2026 10:00:00 GMT')
    }
  })

  test('begins anew with the next hour', async () => {
    await askTokenTimes(100)
    clock.advance(44 * 60 * 1000 + 59_999)
    const late = await askToken()
    clock.advance(1)
    const next = await askTokenTimes(101)
    clock.advance(15 * 60 * 1000)

    expect(late).toMatchObject(refused())
    expect(passed(next)).toBe(100)
    expect(next[0]?.headers.get('x-ratelimit-resource-until')).toMatch(/ 1[0-9]:00:00 GMT$/)
  })

  test('outlives the process and is shared by all', async () => {
    await askTokenTimes(60)
    const errors: string[] = []
    const options = { isHourlyLifted: false, maxParallel: 4, clock, log: collectingLog(errors) }
    const second = await startTestMarket({ ...market, ...options })
    const replies = await askTokenTimes(44, second)
    await second.stop()

    expect(passed(replies)).toBe(40)
    expect(await askToken()).toMatchObject(refused())
    expect(errors).toEqual([])
  })

  test('is one of its own for each business and operation', async () => {
    await askTokenTimes(101)
    const stranger = await makeScene(market)

    expect(await send(market, makeCall('getAuthTokenInfo', stranger))).toMatchObject({ status: 200 })
    expect(remainingOf(await send(market, makeCall('getCampaigns', scene)))).toBe(999)
  })

  test('counts what is refused as wrong, but not what has no valid key', async () => {
    const bad = { ...makeCall('getChat', scene), query: { chatId: 'abc' } }
    await send(market, bad)
    await send(market, { ...makeCall('getChat', scene), query: { chatId: '2' } })
    await send(market, { ...makeCall('getChat', scene), headers: {} })
    await send(market, { ...makeCall('getChat', scene), headers: { 'api-key': 'nonsense' } })

    expect(remainingOf(await send(market, makeCall('getChat', scene)))).toBe(997)
  })

  test('is not spent by 420 and 5xx', async () => {
    await market.sql`alter table market.messages rename to messages_away`
    const broken = await Promise.all([1, 2, 3].map(() => send(market, makeCall('getChatMessage', scene))))
    await market.sql`alter table market.messages_away rename to messages`
    const whole = await send(market, makeCall('getChatMessage', scene))

    expect(broken.map(reply => reply.text)).toEqual(Array(3).fill(envelope('INTERNAL_ERROR', 'Internal server error')))
    expect(market.takeErrors()).toHaveLength(3)
    expect(whole.status).toBe(200)
    expect(remainingOf(whole)).toBe(999)
  })
})

describe('requests under way', () => {
  const tooMany = () =>
    envelope('LIMIT_EXCEEDED', `Hit rate limit of 4 parallel requests for businessId ${scene.businessId}`)
  const probe = () => send(market, makeCall('getChat', scene))
  const settle = (count: number) =>
    vi.waitFor(() => expect(underWay(), 'requests under way').toBe(count), { timeout: 30_000, interval: 5 })

  /** An upload that has begun and goes no further. */
  async function holdUpload(): Promise<RawConnection> {
    const connection = await openConnection(market.url)
    const path = `${makeCall('sendFileToChat', scene).path}?chatId=${scene.chatId}`
    const type = 'multipart/form-data; boundary=b'
    connection.socket.write(
      spellHead('POST', path, { 'api-key': scene.token, 'content-type': type, 'content-length': part.length }),
    )
    connection.socket.write(part.slice(0, 80))
    return connection
  }
  const part =
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf of it and the other half\r\n--b--\r\n'
  const finish = (connection: RawConnection) => connection.socket.write(part.slice(80))

  test('may be four for a business; the fifth is refused and costs nothing; others do not feel it', async () => {
    const held = await Promise.all([1, 2, 3, 4].map(holdUpload))
    await settle(4)
    const stranger = await makeScene(market)
    const fifth = await probe()

    expect(fifth).toMatchObject({ status: 420, text: tooMany() })
    expect(await send(market, makeCall('getChat', stranger))).toMatchObject({ status: 200 })
    for (const connection of held) finish(connection)
    for (const connection of held) expect(await connection.answered(/\r\n\r\n\{.*\}$/)).toContain('{"status":"OK"}')
    await settle(0)
    expect(remainingOf(await probe())).toBe(999)
  })

  test('that end leave their place to the next', async () => {
    const [first] = await Promise.all([1, 2, 3, 4].map(holdUpload))
    await settle(4)

    if (first) finish(first)
    await first?.answered(/"OK"/)

    expect(await probe()).toMatchObject({ status: 200 })
  })

  test('whose callers hang up leave their places too, and no half a file', async () => {
    const held = await Promise.all([1, 2, 3, 4].map(holdUpload))
    await settle(4)

    for (const { socket } of held) socket.resetAndDestroy()
    await settle(0)

    const metrics = await (await fetch(`${market.url}/metrics`)).text()
    expect(metrics).not.toMatch(/operation="sendFileToChat",status="50\d"/)
  })

  test('that were sent one behind the other leave their places when the caller hangs up', async () => {
    const { path } = makeCall('getChats', scene)
    const ask = { 'api-key': scene.token, 'content-type': 'application/json', 'content-length': 2 }
    const connection = await openConnection(market.url)
    await market.sql.begin(async transaction => {
      await transaction`lock table market.chats`
      connection.socket.write(`${spellHead('POST', path, ask)}{}`.repeat(3))
      await settle(3)
      connection.socket.resetAndDestroy()
      await settle(0)
    })
  })

  test('under the path of a campaign are counted for that campaign, and neither for another nor for the business', async () => {
    const { parallel, parallelOfCampaigns } = market.running.market
    const second = await makeCampaign()
    const read = (campaignId: bigint | string) =>
      send(market, { ...makeCall('getCampaign', scene), path: `/v2/campaigns/${campaignId}` })
    const words = (of: string) => envelope('LIMIT_EXCEEDED', `Hit rate limit of 4 parallel requests for ${of}`)
    const answers = [1, 2, 3, 4].map(() => new PassThrough())
    for (const answer of answers) await parallelOfCampaigns.enterUntilClosed(scene.businessId, scene.campaignId, answer)

    expect(await read(scene.campaignId)).toMatchObject({ status: 420, text: words(`campaignId ${scene.campaignId}`) })
    expect(await read(second)).toMatchObject({ status: 200 })
    expect(await probe()).toMatchObject({ status: 200 })
    for (const answer of answers) answer.destroy()
    await expect.poll(async () => (await read(scene.campaignId)).status).toBe(200)

    const stranger = await makeScene(market)
    for (let i = 0; i < 4; i++) parallel.enter(scene.businessId)
    expect(await read(scene.campaignId)).toMatchObject({ status: 200 })
    for (const made of [stranger.campaignId, 999_999_999n, 'abc', '99999999999999999999'])
      expect(await read(made), `${made}`).toMatchObject({ status: 420, text: tooMany() })
    for (let i = 0; i < 4; i++) parallel.release(scene.businessId)
  })

  async function makeCampaign(): Promise<bigint> {
    const campaign = {
      campaignId: undefined,
      domain: 'second.example',
      placementType: 'fbs',
      now: clock.now(),
    } as const
    const made = await insertCampaign(market.sql, { ...campaign, businessId: scene.businessId })
    if (!made) throw new Error('the campaign was not made')
    return made.campaignId
  }

  /** How many places are taken: as many as four less those that are still given. */
  function underWay(): number {
    const { parallel } = market.running.market
    let free = 0
    while (parallel.enter(scene.businessId)) free++
    for (let i = 0; i < free; i++) parallel.release(scene.businessId)
    return 4 - free
  }
})
