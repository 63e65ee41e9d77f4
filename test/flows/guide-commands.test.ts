import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ensureDemo } from '#market'
import { commandsOf } from '../../scripts/vite/guide/highlight.ts'
import { waysOfCurl } from '../support/curl.ts'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const root = join(import.meta.dirname, '../..')
const [send] = waysOfCurl()

/** The lines of curl on a page, each as one line. */
function curlLinesOf(path: string): string[] {
  const blocks = readFileSync(join(root, path), 'utf8').matchAll(/^```\n(\$ .*?)^```$/gms)
  const commands = Array.from(blocks, ([, text = '']) => commandsOf(text).replaceAll('\\\n', ' ').split('\n')).flat()
  return commands.filter(command => command.startsWith('curl '))
}

/** What a reader takes from an answer for the next line. */
const taken = { BUSINESS_ID: /"businessId":(\d+)/, CAMPAIGN_ID: /"campaignId":(\d+)/, CHAT_ID: /"chatId":(\d+)/ }

const market = useMarket({ lab: { seed: 1 } })
const languages = ['en', 'ru'] as const

/** What the pages call by these names, for a reader with the demo. */
async function givenFor(language: (typeof languages)[number]): Promise<Map<string, string>> {
  const { apiKey, businessId, customer } = await ensureDemo(market.running.market)
  const wanted = { types: ['CHAT'], contextTypes: ['ORDER'], statuses: ['WAITING_FOR_PARTNER'] }
  const headers = { 'api-key': apiKey }
  const list = await ask(`${market.url}/v2/businesses/${businessId}/chats`, { method: 'POST', headers, json: wanted })
  const chats = Array.from(list.text.matchAll(/"chatId":(\d+)/g), ([, id = '']) => id)
  return new Map([
    ['KEY', apiKey],
    ['BUYER_TOKEN', customer.token],
    ['ADMIN_TOKEN', market.adminToken],
    ['PRILAVOK_ADMIN_TOKEN', market.adminToken],
    ['PRILAVOK_URL', market.url],
    ['PRILAVOK_BUSINESS_ID', `${businessId}`],
    // A dispute is opened in it: each language has one of its own.
    ['CHAT_ID', chats[languages.indexOf(language)] ?? ''],
  ])
}

const tokenIn = (answer: string) => /"token":"([^"]+)"/.exec(answer)?.[1] ?? ''

/** Types the lines one after the other; each answer with its line. */
async function typeAll(path: string, known: Map<string, string>): Promise<string[]> {
  const answers: string[] = []
  for (const line of curlLinesOf(path)) {
    const filled = line.replaceAll(/\$(\w+)/g, (_all, name) => known.get(name) ?? '')
    const answer = (await send?.(filled.replaceAll('http://127.0.0.1:8080', market.url))) ?? ''
    answers.push(`${answer.slice(0, 300)} <- ${line}`)
    for (const [name, place] of Object.entries(taken)) known.set(name, place.exec(answer)?.[1] ?? known.get(name) ?? '')
    if (line.includes('/tokens')) known.set('BUYER_TOKEN', tokenIn(answer))
  }
  return answers
}

describe.each(['five-minutes', 'notifications', 'testing', 'running-a-marketplace'])('%s', page => {
  test.each(languages)('what it tells to send is taken, in the order of the page (%s)', async language => {
    const answers = await typeAll(`docs/guide/${language}/${page}.md`, await givenFor(language))

    expect(answers.length).toBeGreaterThan(1)
    expect(answers.filter(isRefusal)).toEqual([])
  })
})

/** In the envelope of the published API, or as problem details; or nothing at all. */
function isRefusal(answer: string): boolean {
  return !answer.startsWith('{') || /^\{(?:"type":"|"title":|"status":(?:"ERROR"|\d))/.test(answer)
}
