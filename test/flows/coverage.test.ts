import { expect, test } from 'vitest'
import { keysOf, operations, refusalRules } from '#contract'
import { askAdmin } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { ask } from '../support/http.ts'
import { advanceBy, askLab, askLabFor } from '../support/lab.ts'
import { makeReceiver } from '../support/receiver.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket({ lab: { seed: 1 }, isHourlyLifted: false })

type Case = {
  name: string
  about: string
  state: string
  count: number
  isInProduction: boolean
  code?: string
  operations?: { operation: string; count: number }[]
  fault?: { fault: string }
}
type Coverage = {
  met: number
  of: number
  operations: { operation: string; calls: number; ok: number }[]
  cases: Case[]
}

const readCoverage = () => askLabFor<Coverage>(market, 'GET /coverage')
const reset = () => askLab(market, 'DELETE /coverage')

async function caseOf(name: string): Promise<Case | undefined> {
  return (await readCoverage()).cases.find(one => one.name === name)
}

const namesOf = (cases: readonly Case[], state: string) =>
  cases.filter(one => one.state === state).map(({ name }) => name)

test('a run is told what it called, what it met, and what production brings that it never met', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  await reset()

  await shop.call(`/chat?chatId=${chatId}`)
  await shop.call('/chat?chatId=999999')
  await ask(`${market.url}${operations.getCampaigns.path}`)
  const { operations: called, cases, met, of } = await readCoverage()

  expect(called.filter(({ calls }) => calls > 0)).toEqual([
    { operation: 'getChat', calls: 2, ok: 1 },
    { operation: 'getCampaigns', calls: 1, ok: 0 },
  ])
  expect(namesOf(cases, 'MET')).toEqual(['chatNotFound', 'noCredentials'])
  expect(cases.find(({ name }) => name === 'chatNotFound')?.operations).toContainEqual({
    operation: 'getChat',
    count: 1,
  })
  expect(namesOf(cases, 'MISSED').slice(0, 4)).toEqual(['tooManyPerHour', 'lostAnswer', 'unavailable', 'internal'])
  expect(namesOf(cases, 'UNUSED')).toEqual(expect.arrayContaining(['chatClosed', 'CHAT_MESSAGE_SENT', 'linkExpired']))
  expect([met, of]).toEqual([1, cases.filter(one => one.isInProduction && one.state !== 'UNUSED').length])
})

test('the fault of every case of an answer brings it about, as the published refusal that it is', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  await reset()
  const { cases } = await readCoverage()
  const refused = cases.filter(({ about, code }) => about === 'ANSWER' && code !== undefined)
  const calls = { sendMessageToChat: () => shop.call(`/chats/message?chatId=${chatId}`, { message: 'да' }) }
  const others = new Map<string, () => ReturnType<typeof shop.call>>([
    ...Object.entries(calls),
    ['createChat', () => shop.call('/chats/new', { context: { type: 'RETURN', id: 5 } })],
    ['getChats', () => shop.call('/chats', {})],
    ['getChatMessage', () => shop.call(`/chats/message?chatId=${chatId}&messageId=9`)],
  ])

  const brought = []
  for (const { name, fault, operations = [], code } of refused) {
    const operation = operations.find(({ operation }) => others.has(operation))?.operation
    const call = operation && others.get(operation)
    if (!call) continue
    await askLabFor(market, 'POST /faults', { ...fault, operation })
    brought.push([name, code, (await call()).body])
  }

  const met = namesOf((await readCoverage()).cases, 'MET')
  const ofCalled = refused.filter(({ operations = [] }) => operations.some(({ operation }) => others.has(operation)))
  expect(met).toEqual(ofCalled.map(({ name }) => name))
  for (const [, code, body] of brought) expect(body).toMatchObject({ status: 'ERROR', errors: [{ code }] })
  expect(brought.length).toBeGreaterThan(25)
})

test('a fault refuses only operations that may answer so, in words of what they were asked', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  await askLabFor(market, 'POST /faults', { target: 'api', fault: 'refuse', refusal: 'chatClosed', budget: 1 })

  const read = await shop.call(`/chat?chatId=${chatId}`)
  const written = await shop.call(`/chats/message?chatId=${chatId}`, { message: 'да' })
  const wrong = [
    { target: 'api', fault: 'refuse' },
    { target: 'api', fault: 'delay', refusal: 'chatClosed' },
    { target: 'api', fault: 'refuse', refusal: 'chatClosed', operation: 'getChat' },
  ]
  const refused = await Promise.all(wrong.map(fault => askLab(market, 'POST /faults', fault)))

  expect([read.status, written.status]).toEqual([200, 400])
  expect(written.text).toContain(`Chat with id '${chatId}' is closed`)
  for (const { body } of refused) expect(body).toMatchObject({ status: 400, errors: [{ at: 'refusal' }] })
})

test('an answer that is lost is no answer that was met', async () => {
  const shop = await makeBusiness(market)
  await reset()
  await askLabFor(market, 'POST /faults', { target: 'api', fault: 'drop-connection', budget: 1 })

  await shop.call('/chats', {}).catch(() => {})

  const { operations } = await readCoverage()
  expect(operations.find(({ operation }) => operation === 'getChats')).toEqual({
    operation: 'getChats',
    calls: 1,
    ok: 0,
  })
  expect(await caseOf('lostAnswer')).toMatchObject({ state: 'MET', count: 1 })
})

test('notifications are told apart as they came: PING, types, retries, duplicates', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const receiver = await makeReceiver()
  const settled = () => market.running.market.deliverer.settled()
  await reset()
  const wanted = { name: 'CRM', url: receiver.url, types: ['CHAT_MESSAGE_SENT'] }
  await askAdmin(market, `POST /businesses/${shop.businessId}/subscriptions`, wanted)
  const unheard = await caseOf('retry')

  receiver.answering = 'fail'
  await shop.call(`/chats/message?chatId=${chatId}`, { message: 'раз' })
  await settled()
  receiver.answering = 'ok'
  await advanceBy(market, 600)
  await askLabFor(market, 'POST /faults', { target: 'notification', fault: 'duplicate', budget: 1 })
  await shop.call(`/chats/message?chatId=${chatId}`, { message: 'два' })
  await settled()

  const { cases } = await readCoverage()
  const counts = cases.filter(({ about, count }) => about === 'NOTIFICATION' && count > 0)
  expect(unheard?.state).toBe('MISSED')
  expect(Object.fromEntries(counts.map(({ name, count }) => [name, count]))).toEqual({
    ...{ CHAT_MESSAGE_SENT: 4, PING: 1, retry: 1, duplicate: 1 },
  })
})

test('every refusal of the contract has a rule of its own, whose refusal it is', () => {
  const facts = { businessId: 1n, chatId: 1n, messageId: 1n, orderId: 1n, returnId: 1n } as never // ids of nobody
  const kinds = keysOf(refusalRules).map(name => refusalRules[name].make(operations.sendMessageToChat, facts).kind)

  expect(kinds).toEqual(keysOf(refusalRules))
})
