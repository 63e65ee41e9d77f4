import { describe, expect, test } from 'vitest'
import type { OrderId } from '#contract'
import { stickers } from '../../chats/stickers.ts'
import { personaNames, personas } from '../personas/index.ts'
import { intentNames } from '../personas/intents.ts'
import type { Act } from './act.ts'
import { plotNames } from './plots.ts'
import { reactionsOf, type ScriptRequest, stepsOf } from './script.ts'

const orderId = 512_340_017n as OrderId // made up
const seeds = Array.from({ length: 25 }, (_, seed) => seed)

function tell(change: Partial<ScriptRequest> = {}): ScriptRequest {
  return { persona: 'patient', intent: 'where-is-my-order', seed: 1, orderId, ...change }
}

/** Every persona with every intent: in the persona's own plot and in every other, by some seeds. */
const requests: ScriptRequest[] = personaNames.flatMap(persona =>
  intentNames.flatMap(intent =>
    [undefined, ...plotNames].flatMap(plot =>
      seeds.map(seed => tell({ persona, intent, seed, ...(plot && { plot }) })),
    ),
  ),
)

/** By what an act is known again in a chat. */
function wordsOf(act: Act): string {
  switch (act.kind) {
    case 'text':
    case 'arbiter text':
      return act.text
    case 'dispute':
      return act.reason
    case 'sticker':
      return stickers[act.sticker]
    case 'photo':
      return act.name
    case 'finish dispute':
    case 'close':
      return act.kind
  }
}

const wordsIn = (request: ScriptRequest) => stepsOf(request).map(step => wordsOf(step.act))
const reactionWordsIn = (request: ScriptRequest) => reactionsOf(request).map(rule => wordsOf(rule.act))

test('the same seed gives the same script and the same reactions', () => {
  expect(requests.map(stepsOf)).toEqual(requests.map(request => stepsOf({ ...request })))
  expect(requests.map(reactionWordsIn)).toEqual(requests.map(request => reactionWordsIn({ ...request })))
})

test('other seeds give other scripts', () => {
  const scripts = new Set(seeds.map(seed => JSON.stringify(stepsOf(tell({ seed })))))
  expect(scripts.size).toBe(seeds.length)
})

test('no script says the same twice, and no reaction says what a script says', () => {
  const repeating = requests.filter(request => {
    const words = [...wordsIn(request), ...reactionWordsIn(request)]
    return new Set(words).size < words.length
  })
  expect(repeating).toEqual([])
})

test('every script begins by itself, waits for the shop at some step, and has no negative delay', () => {
  const wrong = requests.filter(request => {
    const steps = stepsOf(request)
    const [first] = steps
    const begins = first?.after === 'start' && first.delaySeconds === 0
    return !begins || !steps.some(step => step.after === 'shop wrote') || steps.some(step => step.delaySeconds < 0)
  })
  expect(wrong).toEqual([])
})

test('every line is whole: the number of the order in its place, nothing left to fill in', () => {
  const texts = new Set(requests.flatMap(request => [...wordsIn(request), ...reactionWordsIn(request)]))
  expect([...texts].filter(text => /[{}]|undefined|null| {2}|^\s|\s$/.test(text))).toEqual([])
  expect([...texts].filter(text => text.includes(`${orderId}`)).length).toBeGreaterThan(30)
})

test('a question in a direct chat names no order', () => {
  const direct = seeds.map(seed => tell({ intent: 'in-stock', orderId: null, seed }))
  const texts = direct.flatMap(request => [...wordsIn(request), ...reactionWordsIn(request)])
  expect(texts.filter(text => / {2}|\s[.?:]|\d{5}/.test(text))).toEqual([])
})

test('each persona has its own way', () => {
  const kinds = (persona: (typeof personaNames)[number]) =>
    new Set(seeds.flatMap(seed => stepsOf(tell({ persona, seed })).map(step => step.act.kind)))

  expect(kinds('photo-sender')).toContain('photo')
  expect(kinds('sticker-sender')).toContain('sticker')
  expect([...kinds('disputing')]).toEqual(expect.arrayContaining(['dispute', 'arbiter text', 'finish dispute']))
  expect(kinds('terse')).toEqual(new Set(['text']))
  const foreign = seeds.flatMap(seed => wordsIn(tell({ persona: 'foreign', seed })))
  expect(foreign.filter(text => /[а-яё]/i.test(text))).toEqual([])
  expect(Object.values(personas).every(({ pace }) => pace > 0)).toBe(true)
})

describe('what a shop writes calls for', () => {
  const asked: [text: string, answer: RegExp | undefined][] = [
    ['Здравствуйте! Заказ уже в пути, будет завтра.', undefined],
    ['Здравствуйте, размер уже заменили на складе.', undefined],
    ['Фото получили, спасибо.', undefined],
    ['Уточните, пожалуйста, номер заказа', /512340017/],
    ['Какой у вас номер заказа?', /512340017/],
    ['Пришлите, пожалуйста, фото дефекта', /\.png$/],
    ['Какой размер вам нужен?', /размер|46/],
    ['Можем предложить возврат денег.', /возврат/],
    ['Вам удобно завтра с 10 до 14?', /./],
  ]
  test.each(asked)('%s', (text, answer) => {
    const rule = reactionsOf(tell()).find(rule => rule.when.test(text))
    if (answer) expect(rule && wordsOf(rule.act)).toMatch(answer)
    else expect(rule).toBeUndefined()
  })

  test('a text as long as a message may be is read as any other', () => {
    const texts = ['фото '.repeat(819), 'размер'.repeat(682), 'а'.repeat(4096), `${'номер '.repeat(682)}?`]
    const rules = reactionsOf(tell())
    const fitting = texts.map(text => rules.filter(rule => rule.when.test(text)).length)
    expect(fitting).toEqual([0, 0, 0, 4])
  })
})
