import { expect, test } from 'vitest'
import { checks, findBroken } from './checks.ts'
import type { Evidence } from './evidence.ts'
import { type Act, History, hashOf } from './history.ts'

const chat = { businessId: 7n, chatId: 33n }
const hash = hashOf('Добрый день')
const message = { ...chat, messageId: 65n, hash, isFile: false, sender: 'partner' }
const later = { ...message, messageId: 97n, hash: hashOf('Заказ в пути') }
const subscription = { businessId: 7n, subscriptionId: 5n }
const delivery = { ...subscription, messageId: 65n, state: 'delivered' }
const arrival = { ...subscription, chatId: 33n, messageId: 65n }
const mirror = { name: 'a mirror', businessId: 7n, messages: [message] }

const answer = { ...chat, hash, state: 'confirmed', hasKeys: true }

/** A world in which one message was written, delivered and mirrored. */
function makeEvidence(change: Partial<Evidence> = {}): Evidence {
  return {
    acts: [makeAct('ok')],
    sightings: [{ reader: 'poller', ...chat, messageIds: [65n] }],
    messages: [message],
    subscriptions: [subscription],
    deliveries: [delivery],
    arrivals: [arrival],
    files: new Map([['abc', 'abc']]),
    mirrors: [mirror],
    leaks: [],
    answers: [answer],
    ...change,
  }
}

function makeAct(outcome: Act['outcome'], text = 'Добрый день'): Act {
  return { actor: 'shop 1', ...chat, kind: 'text', hash: hashOf(text), outcome }
}

test('a world in which all is well breaks no promise', () => {
  expect(findBroken(makeEvidence())).toEqual([])
})

const twice = { messages: [message, { ...message, messageId: 66n }], subscriptions: [], mirrors: [], answers: [] }
const alone = { acts: [], subscriptions: [], deliveries: [], arrivals: [], mirrors: [] }

test.each<[string, string, Partial<Evidence>]>([
  ['an acknowledged write that is lost', 'C1', { acts: [makeAct('ok', 'lost')] }],
  ['an acknowledged write that is there twice', 'C1', twice],
  ['a refused write that is there', 'C2', { acts: [makeAct('fail')] }],
  ['an unanswered write that is there twice', 'C3', { ...twice, acts: [makeAct('unknown')] }],
  ['ids that appear late', 'C4', { sightings: [{ reader: 'poller', ...chat, messageIds: [65n, 97n, 66n] }] }],
  ['a message without a delivery', 'C5', { deliveries: [], arrivals: [] }],
  ['a delivery in no state that ends', 'C5', { deliveries: [{ ...delivery, state: 'lost' }] }],
  ['a delivery that counts as delivered, and never arrived', 'C5', { arrivals: [] }],
  ['a delivery about nothing', 'C6', { deliveries: [delivery, { ...delivery, messageId: 66n, state: 'waiting' }] }],
  ['a notification without a delivery', 'C6', { arrivals: [arrival, { ...arrival, messageId: 66n }] }],
  ['a mirror that lacks a message', 'C7', { mirrors: [{ ...mirror, messages: [] }] }],
  ['a mirror that has too much', 'C7', { mirrors: [{ ...mirror, messages: [message, later] }] }],
  ['an answer that is there twice', 'C10', { ...twice, ...alone, answers: [answer] }],
  ['an answer that is confirmed and is not there', 'C10', { messages: [], ...alone }],
  ['an answer that the desk has lost', 'C10', { answers: [{ ...answer, state: 'lost' }] }],
  ['an answer that is still under way', 'C10', { answers: [{ ...answer, state: 'sent' }] }],
  ['an answer that was refused and is there', 'C10', { answers: [{ ...answer, state: 'failed' }] }],
  ['an answer that is unknown where keys are honoured', 'C10', { answers: [{ ...answer, state: 'unknown' }] }],
  ['a mirror that has one twice', 'C7', { mirrors: [{ ...mirror, messages: [message, message] }] }],
  ['a mirror with other words', 'C7', { mirrors: [{ ...mirror, messages: [{ ...message, hash: 'other' }] }] }],
  ['an answer with something of another business', 'C8', { leaks: ['getChats of 7 holds a text of 8'] }],
  ['a file that is gone', 'C9', { files: new Map([['abc', undefined]]) }],
  ['a file with other bytes', 'C9', { files: new Map([['abc', 'abd']]) }],
])('%s breaks %s', (_what, name, change) => {
  const found = findBroken(makeEvidence(change))

  expect(found).not.toEqual([])
  expect([...new Set(found.map(line => line.split(' ')[0]))]).toEqual([name])
  expect(Object.keys(checks)).toContain(name)
})

test('an act is unknown until it is answered, and when its answer never comes', async () => {
  const history = new History()
  const answered = Promise.withResolvers<'ok'>()
  const { outcome: _none, ...act } = makeAct('ok')

  const done = history.act(act, () => answered.promise)
  expect(history.acts).toMatchObject([{ outcome: 'unknown' }])
  answered.resolve('ok')
  await done
  await history.act(act, () => Promise.reject(new Error('the line was cut')))

  expect(history.acts.map(({ outcome }) => outcome)).toEqual(['ok', 'unknown'])
})

test('what a reader sees again is no new sighting', () => {
  const history = new History()
  history.saw('poller', chat, [65n, 97n])
  history.saw('poller', chat, [65n, 129n])

  expect(history.sightings).toMatchObject([{ messageIds: [65n, 97n, 129n] }])
})
