import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src/database/connect.ts'
import {
  envelope,
  makeCall,
  makeScene,
  operationNames,
  resultOf,
  type Scene,
  send,
} from '../support/published-calls.ts'
import { makeRestartablePostgres } from '../support/restartable-postgres.ts'
import { startSecond } from '../support/second-market.ts'
import { makePrimaryAndStandby } from '../support/standby.ts'
import { cloneDatabase, collectingLog, startTestMarket, useMarket } from '../support/test-market.ts'

const market = useMarket()
const patience = { timeout: 60_000 }
const away = {
  status: 503,
  text: envelope('SERVICE_UNAVAILABLE', 'Service temporarily unavailable. Please, try again later'),
}
const refused = { name: 'Problem', kind: 'databaseTakesNoWrites' }
const start = (databaseUrl: string) => startTestMarket({ ...market, databaseUrl, log: collectingLog([]) })

async function post(at: { url: string }, scene: Scene, message: string): Promise<number> {
  return (await send(at, { ...makeCall('sendMessageToChat', scene), json: { message } })).status
}

async function readTexts(at: { url: string }, scene: Scene): Promise<(string | undefined)[]> {
  const call = makeCall('getChatHistory', scene)
  const reply = await send(at, { ...call, query: { ...call.query, limit: '100' } })
  return (resultOf(reply) as { messages: { message?: string }[] }).messages.map(({ message }) => message) // as published
}

test('a database that takes no writes is refused at the start, in one line', async () => {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  const sql = connect(url, { max: 1, name: 'test' })
  await sql.unsafe(`alter database "${new URL(url).pathname.slice(1)}" set default_transaction_read_only = on`)
  await sql.end()

  await expect(start(url)).rejects.toMatchObject({ ...refused, message: expect.stringMatching(/^[^\n]+$/) })
})

test('when the primary fails, nothing is answered from its standby until that takes its place, with all that was answered', async () => {
  const { url, primary, standby, leadTo, promote } = await makePrimaryAndStandby()
  await expect(start(standby.url('postgres'))).rejects.toMatchObject(refused)
  const running = await startSecond({ databaseUrl: url })
  const scene = await makeScene(running)
  const readiness = async () => (await fetch(`${running.url}/readyz`)).status
  const texts = Array.from({ length: 20 }, (_, index) => `слово ${index}`)
  for (const text of texts) expect(await post(running, scene, text)).toBe(200)

  await primary.stop()
  leadTo(standby)
  const replies = []
  for (const name of operationNames.slice(0, -1)) replies.push(await send(running, makeCall(name, scene)))
  const whileStandby = await readiness()
  await promote()

  // What the last operation tells, of the key, may come from memory.
  for (const reply of replies) expect(reply).toMatchObject(away)
  expect(whileStandby).toBe(503)
  await expect.poll(readiness, patience).toBe(200)
  await expect.poll(() => post(running, scene, 'и дальше'), patience).toBe(200)
  expect(await readTexts(running, scene)).toEqual(expect.arrayContaining([...texts, 'и дальше']))
}, 120_000)

test('a database that is made read-only while it is used refuses writes as if it were away, and is no error of ours', async () => {
  const database = await makeRestartablePostgres()
  const errors: string[] = []
  const running = await startSecond({ databaseUrl: database.url }, errors)
  const scene = await makeScene(running)
  const setReadOnly = (value: 'on' | 'off') => database.set('default_transaction_read_only', value)

  await setReadOnly('on')
  await expect.poll(() => post(running, scene, 'никак'), patience).toBe(503)
  await setReadOnly('off')

  await expect.poll(() => post(running, scene, 'снова'), patience).toBe(200)
  expect(errors).toEqual([])
}, 120_000)
