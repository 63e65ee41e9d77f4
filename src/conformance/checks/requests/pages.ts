import { isCut, type OperationName, type Schema } from '#contract'
import { asking, type Check } from '../../check/check.ts'
import { paged, queryOf } from '../../check/subjects.ts'
import { accepted, compare, type Expecting } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { badRequestOfOurs, words } from '../../expect/words.ts'
import type { Said } from '../../findings/finding.ts'
import { choice, contract } from '../../findings/sources.ts'
import { withQuery } from '../../http/call.ts'
import { items } from '../../scene/read.ts'

const is400 = (what: string) => ({ en: `${what} is refused with 400`, ru: `${what}: отказ 400` })
const fits = (what: string) => ({ en: `${what} is accepted`, ru: `${what} принимается` })
const prefix = '`Parameter …` before a sentence'

/** A number at and beyond each of its declared bounds, and what is no number. */
function boundsOf(name: OperationName, parameter: string, { minimum, maximum, [isCut]: cuts }: Schema): Check[] {
  const at = (value: number | string, told: Said, expects: Expecting) =>
    asking(name, told, {
      source: contract.schema,
      bend: call => withQuery(call, { [parameter]: `${value}` }),
      expects,
    })
  const inside = [minimum, maximum].filter(bound => bound !== undefined)
  const sentence = (word: string, bound: number, got: number) =>
    badRequestOfOurs(
      prefix,
      `Parameter ${parameter} must be ${word} than or equal to ${bound} (rejected value: ${got})`,
    )
  return [
    ...inside.map(bound => at(bound, fits(`${parameter} ${bound}`), accepted)),
    ...(maximum === undefined || cuts
      ? []
      : [at(maximum + 1, is400(`${parameter} ${maximum + 1}`), refused(sentence('less', maximum, maximum + 1)))]),
    ...(minimum === undefined ? [] : [minimum - 1, minimum - 2]).map(low =>
      at(low, is400(`${parameter} ${low}`), refused(sentence('greater', minimum ?? low, low))),
    ),
    ...['abc', '1.5', '2147483648'].map(text => at(text, is400(`${parameter} ${text}`), refused(words.mismatch(text)))),
  ]
}

function numbersOf(name: OperationName): Check[] {
  const { properties = {} } = queryOf(name)
  return Object.entries(properties)
    .filter(([, { format }]) => format === 'int32')
    .flatMap(([parameter, schema]) => boundsOf(name, parameter, schema))
}

const older = (parameter: string, value: string, message?: string) =>
  asking('getCampaigns', message === undefined ? fits(`${parameter}=${value}`) : is400(`${parameter}=${value}`), {
    source: choice('paging of getCampaigns'),
    bend: call => withQuery(call, { [parameter]: value }),
    expects: message === undefined ? accepted : refused(badRequestOfOurs(prefix, message)),
  })

const olderPaging: Check[] = [
  older('pageSize', '101', 'Parameter pageSize must be less than or equal to 100 (rejected value: 101)'),
  older('pageSize', '0', 'Parameter pageSize must be greater than or equal to 1 (rejected value: 0)'),
  older('pageSize', '100'),
  older('page', ''),
  older('page', '-1'),
]

const ruined = ['x', 'AAAA', '====', 'bm9uc2Vuc2U', 'a'.repeat(5000)]

function badTokens(name: OperationName): Check[] {
  const badToken = { source: contract.paging, expects: refused(words.badPageToken) }
  return [
    ...ruined.flatMap(token =>
      ['pageToken', 'page_token'].map(parameter =>
        asking(name, is400(`${parameter} ${token.length > 20 ? `of ${token.length} characters` : token}`), {
          ...badToken,
          bend: call => withQuery(call, { [parameter]: token }),
        }),
      ),
    ),
    asking(
      name,
      { en: 'an empty page token is none', ru: 'пустой токен страницы не считается' },
      {
        source: choice('repeated query parameter; empty one'),
        bend: call => withQuery(call, { pageToken: '', page_token: '' }),
        expects: accepted,
      },
    ),
  ]
}

/** The size of a page when none is asked for. */
function byDefault(name: OperationName, need: 'manyChats' | 'longChat', list: string): Check {
  const size = queryOf(name).properties?.['limit']?.default
  return asking(
    name,
    { en: `a page has ${size} items by default`, ru: `на странице по умолчанию ${size} элементов` },
    {
      source: contract.schema,
      needs: [need],
      bend: (call, probe) => (need === 'longChat' ? withQuery(call, { chatId: `${probe.need(need)}` }) : call),
      expects: source => reply => {
        const got = `${items(reply.json, 'result', list).length} items`
        return compare(reply, { at: `result.${list}`, expected: `${size} items`, got, source })
      },
    },
  )
}

/** What a caller may ask of pages. */
export const pages: Check[] = [
  ...paged.flatMap(name => [...numbersOf(name), ...badTokens(name)]),
  ...olderPaging,
  byDefault('getChats', 'manyChats', 'chats'),
  byDefault('getChatHistory', 'longChat', 'messages'),
]
