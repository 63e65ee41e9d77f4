import { expect, test } from 'vitest'
import type { MessageId, OrderId } from '#contract'
import { stickers } from '../../chats/stickers.ts'
import { type ChatState, nextState } from '../../chats/transitions.ts'
import type { MessageRow } from '../../store/messages.ts'
import { personaNames } from '../personas/index.ts'
import { intentNames } from '../personas/intents.ts'
import type { Act, Step } from './act.ts'
import { type ChatSoFar, nextAct, type Script } from './next-act.ts'
import { plotNames } from './plots.ts'
import { reactionsOf, type ScriptRequest, stepsOf } from './script.ts'

const begunAt = new Date('2026-03-01T10:00:00Z')
const after = (seconds: number) => new Date(begunAt.getTime() + seconds * 1000)
const open: ChatState = { type: 'chat', status: 'waiting_for_partner' }

function say(sender: MessageRow['sender'], body: string, seconds: number): MessageRow {
  return { messageId: BigInt(seconds) as MessageId, createdAt: after(seconds), sender, kind: 'text', body } // any id
}

const text = (words: string): Act => ({ kind: 'text', text: words })
const question: Step = { after: 'start', delaySeconds: 0, act: text('Где заказ?') }
const nag: Step = { after: 'silence', delaySeconds: 60, act: text('Ау!') }
const thanks: Step = { after: 'shop wrote', delaySeconds: 5, act: text('Спасибо!') }
const reaction = { when: /\?/, delaySeconds: 3, act: text('Да.') }

function comes(heard: readonly MessageRow[], change: Partial<Script> = {}, state: ChatState = open) {
  const script = { steps: [question, nag, thanks], reactions: [reaction], begunAt, rate: 1, isJoined: false, ...change }
  const next = nextAct(script, { ...state, messages: heard })
  return next.what === 'act'
    ? [next.step, next.act, (next.at.getTime() - begunAt.getTime()) / 1000]
    : [next.step, next.what]
}

const asked = say('customer', 'Где заказ?', 10)

test('a step is done when its words are in the chat, and not before', () => {
  expect(comes([])).toEqual([0, question.act, 0])
  expect(comes([asked])).toEqual([1, nag.act, 70])
  expect(comes([asked, say('customer', 'Ау!', 70)])).toEqual([2, 'waits for shop'])
  expect(comes([asked, say('partner', 'Едет', 80), say('customer', 'Спасибо!', 90)])).toEqual([3, 'done'])
})

test('a silence that the shop has broken is passed over, and an answer is timed from the last word of the shop', () => {
  const heard = [asked, say('partner', 'Здравствуйте!', 20), say('partner', 'Едет.', 30)]
  expect(comes(heard)).toEqual([2, thanks.act, 35])
})

test('a question of the shop is answered once, and the conversation goes on after it', () => {
  const heard = [asked, say('partner', 'Анна?', 20)]
  const answered = [...heard, say('customer', 'Да.', 23)]

  expect(comes(heard)).toEqual([2, reaction.act, 23])
  expect(comes(answered)).toEqual([1, nag.act, 83])
  expect(comes([...answered, say('partner', 'Точно?', 30)])).toEqual([2, thanks.act, 35])
})

test('words that a nag crossed with the shop do not count as thanks', () => {
  const crossed = [asked, say('partner', 'Едет', 69), say('customer', 'Ау!', 70)]
  expect(comes(crossed)).toEqual([2, 'waits for shop'])
})

test('somebody else who speaks as the customer takes no step of the buyer', () => {
  expect(comes([asked, say('customer', 'И ещё вопрос', 20)])).toEqual([1, nag.act, 80])
})

test('who joins says nothing before the shop has written', () => {
  const script = { isJoined: true }
  expect(comes([say('customer', 'Когда ждать?', 1)], script)).toEqual([2, 'waits for shop'])
  expect(comes([say('customer', 'Когда ждать?', 1), say('partner', 'Завтра', 9)], script)).toEqual([2, thanks.act, 14])
})

test('the rate shortens every wait', () => {
  expect(comes([asked], { rate: 10 })).toEqual([1, nag.act, 16])
})

test('patience ends a wait for the shop', () => {
  const patience: Step = { after: 'shop wrote', delaySeconds: 5, patienceSeconds: 180, act: text('Не дождусь') }
  expect(comes([asked], { steps: [question, patience] })).toEqual([1, patience.act, 190])
})

test('what the state of the chat says is done is not done again', () => {
  const steps: Step[] = [question, { after: 'pause', delaySeconds: 5, act: { kind: 'finish dispute' } }]
  const [, finish] = steps
  expect(comes([asked], { steps }, { type: 'arbitrage', status: 'waiting_for_arbiter' })).toEqual([1, finish?.act, 15])
  expect(comes([asked], { steps }, { type: 'arbitrage', status: 'finished' })).toEqual([2, 'done'])
  expect(comes([asked], { steps }, open)).toEqual([2, 'done'])
})

function messageOf(act: Act, at: Date): MessageRow | undefined {
  const base = { messageId: 1n as MessageId, createdAt: at, sender: 'customer' } as const // any id
  switch (act.kind) {
    case 'text':
      return { ...base, kind: 'text', body: act.text }
    case 'dispute':
      return { ...base, kind: 'text', body: act.reason }
    case 'sticker':
      return { ...base, kind: 'sticker', body: stickers[act.sticker] }
    case 'photo':
      return { ...base, kind: 'file', fileName: act.name, fileSize: 1, fileHash: '0', fileType: 'image/png' }
    case 'arbiter text':
      return { ...base, sender: 'support', kind: 'text', body: act.text }
    case 'finish dispute':
    case 'close':
      return undefined
  }
}

const eventOf = {
  text: 'customer_writes',
  sticker: 'customer_writes',
  photo: 'customer_writes',
  dispute: 'dispute_opened',
  'arbiter text': 'asks_partner',
  'finish dispute': 'dispute_finished',
  close: 'closed',
} as const

/** Plays a whole conversation with a shop that answers each time it is waited for; returns what was done. */
function play(request: ScriptRequest, shopSays: string): { acts: Act[]; state: ChatState } {
  const script: Script = { steps: stepsOf(request), reactions: reactionsOf(request), begunAt, rate: 1, isJoined: false }
  let heard: ChatSoFar = { type: 'chat', status: 'new', messages: [] }
  const acts: Act[] = []
  for (let now = begunAt; acts.length < 40; ) {
    const next = nextAct(script, heard)
    if (next.what === 'done') return { acts, state: heard }
    now = new Date(Math.max(now.getTime() + 1, next.what === 'act' ? next.at.getTime() : 0))
    const message = next.what === 'act' ? messageOf(next.act, now) : { ...say('partner', shopSays, 0), createdAt: now }
    const state = nextState(heard, next.what === 'act' ? eventOf[next.act.kind] : 'partner_writes')
    if (state === undefined) throw new Error(`the chat does not allow ${JSON.stringify(next)}`)
    if (next.what === 'act') acts.push(next.act)
    heard = { ...state, messages: message ? [...heard.messages, message] : heard.messages }
  }
  throw new Error('there is no end to it')
}

const requests: ScriptRequest[] = personaNames.flatMap(persona =>
  intentNames.flatMap(
    intent => plotNames.map((plot, seed) => ({ persona, intent, plot, seed, orderId: 77n as OrderId })), // made up
  ),
)

test('every conversation comes to its end, each step done once and in order, whatever the shop asks', () => {
  for (const request of requests) {
    const plain = play(request, 'Заказ будет завтра.')
    const curious = play(request, 'Пришлите, пожалуйста, фото, номер заказа и размер. Оформляем возврат?')
    const steps = stepsOf(request).map(step => step.act)
    const reactions = reactionsOf(request).map(rule => rule.act)

    expect(plain.acts).toEqual(steps)
    expect(curious.acts.filter(act => steps.some(step => JSON.stringify(step) === JSON.stringify(act)))).toEqual(steps)
    expect(curious.acts.length).toBeLessThanOrEqual(steps.length + reactions.length)
  }
})

test('a dispute is finished in the end', () => {
  const ends = requests
    .filter(({ plot }) => plot === 'wins a dispute')
    .map(request => play(request, 'Отправили.').state)
  expect(ends.length).toBeGreaterThan(0)
  expect(new Set(ends.map(({ type, status }) => `${type}/${status}`))).toEqual(new Set(['arbitrage/finished']))
})
