import { textMaxLength } from '#contract'
import { asking, type Check, checkOf } from '../../check/check.ts'
import { compare, differ } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { badRequest, type Refused, words } from '../../expect/words.ts'
import type { Said, Source } from '../../findings/finding.ts'
import { choice, contract } from '../../findings/sources.ts'
import { withJson, withText } from '../../http/call.ts'
import type { Probe } from '../../probe/probe.ts'
import { field } from '../../scene/read.ts'
import { newestMessage } from './written.ts'

const max = textMaxLength
const ok = '{"status":"OK"}'
const trimmed = choice('white space at the ends of texts')
const units = choice('length of a text')
const odd = choice('NUL in a text; half a surrogate pair')

const sending = (rule: Said, source: Source, { body, kept }: { body: (probe: Probe) => string; kept: string }): Check =>
  checkOf(
    'sendMessageToChat',
    { en: `${rule.en} is kept`, ru: `${rule.ru}: сохраняется` },
    {
      source,
      needs: ['chatId'],
      calls: 3,
      run: async probe => {
        const reply = await probe.send(withText(probe.call('sendMessageToChat'), body(probe)))
        const wrong = compare(reply, { at: 'body', expected: ok, got: reply.text, source: contract.schema })
        if (wrong.length > 0) return wrong
        const got = field(await newestMessage(probe), 'message')
        // What came may be the customer's: it is not told.
        const other = {
          at: 'the newest message of the chat',
          expected: `the text of ${kept.length} characters`,
          source,
        }
        return got === kept ? [] : [differ(reply, { ...other, got: lengthOf(got) })]
      },
    },
  )

const lengthOf = (text: unknown) => (typeof text === 'string' ? `another of ${text.length} characters` : 'no text')

const keptTexts: [told: Said, source: Source, message: string, kept: string][] = [
  [{ en: 'a text of one letter', ru: 'текст из одной буквы' }, contract.schema, 'а', 'а'],
  [{ en: 'a text of 4096 letters', ru: 'текст из 4096 букв' }, contract.schema, 'я'.repeat(max), 'я'.repeat(max)],
  [
    { en: 'a text of 2048 emoji of two units', ru: 'текст из 2048 эмодзи по две единицы' },
    units,
    '😀'.repeat(max / 2),
    '😀'.repeat(max / 2),
  ],
  [
    { en: 'a text of 4096 letters between blanks', ru: 'текст из 4096 букв между пробелами' },
    trimmed,
    `\n  ${'a'.repeat(max)}\u00a0 \t`,
    'a'.repeat(max),
  ],
  [{ en: 'white space inside a text', ru: 'пробелы внутри текста' }, trimmed, ' a \n\n  b ', 'a \n\n  b'],
  [
    { en: 'a text with half of a surrogate pair', ru: 'текст с половиной суррогатной пары' },
    odd,
    'a\ud83db',
    'a\ufffdb',
  ],
  [
    { en: 'a text with marks of HTML and SQL', ru: 'текст с разметкой HTML и SQL' },
    contract.schema,
    `<b>'; select 1; --`,
    `<b>'; select 1; --`,
  ],
]

const tooLong = badRequest('message size must be between 1 and 4096 (rejected value: …)')
const empty = badRequest('message size must be between 1 and 4096 (rejected value: )')
const absent = words.isNull('message')
const illegal = words.illegal('message')

const refusedTexts: [told: Said, json: unknown, expected: Refused, source: Source][] = [
  [
    { en: 'a text of 4097 letters', ru: 'текст из 4097 букв' },
    { message: 'я'.repeat(max + 1) },
    tooLong,
    contract.schema,
  ],
  [
    { en: 'a text of 2049 emoji of two units', ru: 'текст из 2049 эмодзи по две единицы' },
    { message: '😀'.repeat(max / 2 + 1) },
    tooLong,
    units,
  ],
  [{ en: 'an empty text', ru: 'пустой текст' }, { message: '' }, empty, contract.schema],
  [{ en: 'a text of blanks', ru: 'текст из пробелов' }, { message: ' \n\t\u00a0' }, empty, trimmed],
  [{ en: 'message null', ru: 'message null' }, { message: null }, absent, contract.schema],
  [{ en: 'no message', ru: 'нет message' }, {}, absent, contract.schema],
  [{ en: 'a number for a text', ru: 'число вместо текста' }, { message: 5 }, illegal, contract.schema],
  [{ en: 'a list for a text', ru: 'список вместо текста' }, { message: ['a'] }, illegal, contract.schema],
  [{ en: 'an object for a text', ru: 'объект вместо текста' }, { message: { text: 'a' } }, illegal, contract.schema],
  [{ en: 'a text with a NUL', ru: 'текст с символом NUL' }, { message: 'a\0b' }, illegal, odd],
]

const inherited = asking(
  'sendMessageToChat',
  { en: 'a message that is inherited is none', ru: 'унаследованное поле message не считается' },
  {
    source: contract.schema,
    bend: call => withText(call, '{"__proto__":{"message":"abc"}}'),
    expects: refused(absent),
  },
)

const okAlone = asking(
  'sendMessageToChat',
  { en: 'whoever sends is told OK and nothing else', ru: 'отправившему отвечают OK и ничего больше' },
  {
    source: contract.schema,
    expects: source => reply => compare(reply, { at: 'body', expected: ok, got: reply.text, source }),
  },
)

/** What a message may say. */
export const texts: Check[] = [
  ...keptTexts.map(([told, source, message, kept]) =>
    sending(told, source, { body: () => JSON.stringify({ message }), kept }),
  ),
  sending(
    { en: 'the last of two fields of one name', ru: 'последнее из двух полей с одним именем' },
    choice('fields of one name in one object'),
    {
      body: () => '{"message":5,"message":"вторая"}',
      kept: 'вторая',
    },
  ),
  ...refusedTexts.map(([{ en, ru }, json, expected, source]) =>
    asking(
      'sendMessageToChat',
      { en: `${en} is refused with 400`, ru: `${ru}: отказ 400` },
      {
        source,
        bend: call => withJson(call, json),
        expects: refused(expected),
      },
    ),
  ),
  inherited,
  okAlone,
]
