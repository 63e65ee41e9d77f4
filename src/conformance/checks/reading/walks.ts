import type { OperationName } from '#contract'
import { type Check, checkOf } from '../../check/check.ts'
import { queryOf } from '../../check/subjects.ts'
import { twiceIfItDiffers } from '../../check/twice.ts'
import { compare, differ } from '../../expect/expectation.ts'
import type { Difference } from '../../findings/finding.ts'
import { choice, contract } from '../../findings/sources.ts'
import { type Reply, withQuery } from '../../http/call.ts'
import type { Probe } from '../../probe/probe.ts'
import { field, idAt, items } from '../../scene/read.ts'
import type { Need } from '../../scene/things.ts'
import { tokenOf } from './tokens.ts'

type List = { name: OperationName; need: Need; path: readonly string[]; id: string }

const lists: List[] = [
  { name: 'getChats', need: 'severalChats', path: ['result', 'chats'], id: 'chatId' },
  { name: 'getChatHistory', need: 'messageId', path: ['result', 'messages'], id: 'messageId' },
  { name: 'getCampaigns', need: 'manyCampaigns', path: ['campaigns'], id: 'id' },
  { name: 'getBusinessOrders', need: 'severalOrders', path: ['orders'], id: 'orderId' },
]
const pagesRead = 3

const told = (ids: readonly unknown[]) => ids.map(id => `${id}`).join(', ')

/** The ids of one page as large as it may be, and of the first pages of one item. */
async function walk(probe: Probe, { name, path, id }: List) {
  const idsOf = ({ json }: Reply) => items(json, ...path).map(item => idAt(item, id))
  const whole = await probe.read(withQuery(probe.call(name), { limit: '20' }))
  const walked: unknown[] = []
  const replies: Reply[] = []
  let token: string | undefined
  do {
    const query: Record<string, string> = token === undefined ? { limit: '1' } : { limit: '1', pageToken: token }
    const reply = await probe.read(withQuery(probe.call(name), query))
    replies.push(reply)
    walked.push(...idsOf(reply))
    token = tokenOf(reply)
  } while (token !== undefined && replies.length < pagesRead)
  return { whole: idsOf(whole), walked, replies, last: replies.at(-1) ?? whole }
}

function sameItems(list: List): Check {
  const rule = {
    en: 'small pages have the items of one large page, in its order',
    ru: 'на маленьких страницах те же элементы и в том же порядке, что на большой',
  }
  return checkOf(list.name, rule, {
    source: contract.paging,
    needs: [list.need],
    calls: 2 * (pagesRead + 1),
    run: twiceIfItDiffers(async probe => {
      const { whole, walked, last } = await walk(probe, list)
      const expected = told(whole.slice(0, pagesRead))
      return compare(last, { at: list.path.join('.'), expected, got: told(walked), source: contract.paging })
    }),
  })
}

function tokenOnlyWithItems(list: List): Check {
  const source = choice('an empty page')
  return checkOf(
    list.name,
    {
      en: 'a page with a token has items, and no more than asked for',
      ru: 'на странице с токеном есть элементы, и не больше запрошенного',
    },
    {
      source,
      needs: [list.need],
      calls: pagesRead + 1,
      run: async probe => {
        const { replies } = await walk(probe, list)
        return replies.flatMap((reply): Difference[] => {
          const { length } = items(reply.json, ...list.path)
          return length === 1
            ? []
            : [differ(reply, { at: list.path.join('.'), expected: '1 item', got: `${length} items`, source })]
        })
      },
    },
  )
}

function lastPage({ name, path }: List): Check {
  const source = contract.paging
  const max = `${queryOf(name).properties?.['limit']?.maximum}`
  return checkOf(
    name,
    { en: 'the last page has a paging without a token', ru: 'на последней странице paging без токена' },
    {
      source,
      calls: 20,
      run: async probe => {
        let reply = await probe.read(withQuery(probe.call(name), { limit: max }))
        for (let page = 1; page < 20; page++) {
          const token = tokenOf(reply)
          if (token === undefined) {
            const paging = field(reply.json, ...path.slice(0, -1), 'paging')
            return compare(reply, { at: [...path.slice(0, -1), 'paging'].join('.'), expected: {}, got: paging, source })
          }
          reply = await probe.read(withQuery(probe.call(name), { limit: max, pageToken: token }))
        }
        return []
      },
    },
  )
}

/** How lists are read from page to page. */
export const walks: Check[] = lists.flatMap(list => [sameItems(list), tokenOnlyWithItems(list), lastPage(list)])
