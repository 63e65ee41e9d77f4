import type { OperationName } from '#contract'
import { asking, type Check } from '../../check/check.ts'
import { withJsonBody } from '../../check/subjects.ts'
import { accepted, type Expecting, readWithout } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { badRequest, badRequestOfOurs, words } from '../../expect/words.ts'
import { choice, contract } from '../../findings/sources.ts'
import { fromLatin1, withBody, withText } from '../../http/call.ts'

const missing = ['', ' ', '\r\n']
const noObject = ['null', '[]', '"text"', '5', 'true']
const cutOff = [
  '{',
  '{"',
  '{"a',
  '{"a"',
  '{"a":',
  '{"a":1',
  '{"a":1,',
  '{"a":[',
  '{"a":"b',
  '{"a":"\\',
  '{"a":"\\u00',
  '{"a":tr',
  '{"a":-',
]
const noJson = [
  '{]',
  '{"a" 1}',
  '{"a":1}}',
  "{'a':1}",
  '{"a":01}',
  '{"a":NaN}',
  '{"a":"\u0001"}',
  '<xml/>',
  '{"a":"\\x"}',
]
const dangerous = '"x":{"y":[null]},"__proto__":{"message":5},"constructor":null,"toString":1,"unknown":{"a":1}'

const nested = (levels: number) => `{"x":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`

const notUtf8 = 'a body that is not UTF-8; a byte order mark before it'
// «Привет» as a program sends it that means windows-1251.
const inWindows1251 = fromLatin1('{"message":"\xcf\xf0\xe8\xe2\xe5\xf2","orderId":77}')
const tooDeep = 'JSON nested deeper than 32 levels'

function checksOf(name: OperationName): Check[] {
  const body = (text: string, en: string, ru: string, expects: Expecting) =>
    asking(
      name,
      { en: `${en} is refused with 400`, ru: `${ru}: отказ 400` },
      { source: contract.request, bend: call => withText(call, text), expects },
    )
  return [
    ...missing.map(text =>
      body(text, `a body of ${JSON.stringify(text)}`, `тело ${JSON.stringify(text)}`, refused(words.noBody)),
    ),
    ...noObject.map(text => body(text, `the body ${text}`, `тело ${text}`, refused(words.illegal('body')))),
    ...cutOff.map(text =>
      body(text, `the body ${text} that is cut off`, `оборванное тело ${text}`, refused(words.cutOff)),
    ),
    ...noJson.map(text => {
      const told = JSON.stringify(text)
      const expected = badRequest(/^JSON: unexpected token( at position \d+)?$/)
      return body(text, `the body ${told} that is no JSON`, `тело ${told}, то есть не JSON`, refused(expected))
    }),
    asking(
      name,
      { en: 'a body in windows-1251 is refused with 400', ru: 'тело в windows-1251: отказ 400' },
      {
        source: choice(notUtf8),
        bend: call => withBody(call, inWindows1251, 'application/json'),
        expects: refused(badRequestOfOurs(notUtf8, 'JSON: the body is not UTF-8')),
      },
    ),
    asking(
      name,
      { en: 'a byte order mark before the JSON is left out', ru: 'метка порядка байтов перед JSON не мешает' },
      { source: choice(notUtf8), bend: call => withText(call, `\ufeff${call.body}`), expects: accepted },
    ),
    asking(
      name,
      { en: 'JSON of 32 levels is read', ru: 'JSON из 32 уровней читается' },
      {
        source: choice(tooDeep),
        bend: call => withText(call, nested(32)),
        expects: readWithout('nested deeper'),
      },
    ),
    asking(
      name,
      { en: 'JSON of 33 levels is refused with 400', ru: 'JSON из 33 уровней: отказ 400' },
      {
        source: choice(tooDeep),
        bend: call => withText(call, nested(33)),
        expects: refused(badRequestOfOurs(tooDeep, 'JSON: nested deeper than 32 levels')),
      },
    ),
    asking(
      name,
      {
        en: 'unknown fields are ignored, those with dangerous names too',
        ru: 'неизвестные поля не мешают, даже с опасными именами',
      },
      {
        source: choice('unknown fields and parameters'),
        bend: call => withText(call, joined(`${call.body}`)),
        expects: accepted,
      },
    ),
  ]
}

const joined = (good: string) => (good === '{}' ? `{${dangerous}}` : good.replace('{', `{${dangerous},`))

/** The body as a whole. */
export const jsonBodies: Check[] = withJsonBody.flatMap(checksOf)
