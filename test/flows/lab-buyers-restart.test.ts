import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import type { RunningMarket } from '#market'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { ask } from '../support/http.ts'
import { startLab } from '../support/lab.ts'
import { linesOf, pass, reply, sendBuyer } from '../support/lab-buyers.ts'
import { cloneDatabase } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-03-01T09:10:00Z'))
const filesFolder = mkdtempSync(join(tmpdir(), 'prilavok-files-'))
const photos = { persona: 'photo-sender', intent: 'defect-with-photo' }
const dispute = { persona: 'disputing', intent: 'defect-with-photo' }
let database: Awaited<ReturnType<typeof cloneDatabase>>

beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(async () => {
  await database.drop()
  rmSync(filesFolder, { recursive: true, force: true })
})

const start = () => startLab({ databaseUrl: database.url, filesFolder }, { clock })

/** The business by way of another process. */
function through({ url }: RunningMarket, shop: TestBusiness): TestBusiness {
  return {
    ...shop,
    call: (path, json) =>
      ask(`${url}/v2/businesses/${shop.businessId}${path}`, {
        method: json === undefined ? 'GET' : 'POST',
        headers: { 'api-key': shop.token },
        json,
      }),
  }
}

const said = 'Здравствуйте! Заменим.'
const rounds = 12
const answeredIn = [4, 8]

/** A conversation of so many rounds of ten seconds, in a market that is started anew before each, or goes on. */
async function converse(wish: { persona: string; intent: string }, isRestarted: boolean): Promise<string[]> {
  let running = await start()
  const shop = await makeBusiness(running)
  const { chatId } = await sendBuyer(running, shop, { ...wish, seed: 5 })
  for (let round = 0; round < rounds; round++) {
    if (isRestarted) {
      await running.stop()
      running = await start()
    }
    if (answeredIn.includes(round)) await reply(through(running, shop), chatId, said)
    await pass(clock, running, 10)
  }
  const lines = await linesOf(through(running, shop), chatId)
  await running.stop()
  return lines.map(line => line.replace(/\d{2,}/g, '№'))
}

test.each([photos, dispute])(
  'a market that stops between any two steps of $persona doubles and skips none',
  async wish => {
    const whole = await converse(wish, false)
    const interrupted = await converse(wish, true)

    expect(interrupted).toEqual(whole)
    expect(whole.length).toBeGreaterThan(5)
  },
)

test('processes that play the same buyers at once say everything once', async () => {
  const running = await Promise.all([start(), start(), start()])
  const [one] = running
  const shop = await makeBusiness(one)
  const buyers = await Promise.all([1, 2, 3, 4, 5, 6].map(seed => sendBuyer(one, shop, { ...photos, seed })))
  await Promise.all(running.map(({ market }) => market.labBuyers?.reload()))
  for (let step = 0; step < 8; step++) {
    clock.advance(10_000)
    await Promise.all(running.map(({ market }) => market.labBuyers?.settled()))
  }

  const told = await Promise.all(buyers.map(({ chatId }) => linesOf(shop, chatId)))
  expect(told.map(lines => lines.length)).toEqual(buyers.map(() => 4))
  expect(told.map(lines => new Set(lines).size)).toEqual(buyers.map(() => 4))
})
