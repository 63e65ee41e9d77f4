import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { askAdminFor } from '../support/admin.ts'
import { useClientPackage } from '../support/client-package.ts'
import { makeWaitingShop, type WaitingShop } from '../support/shop-user.ts'
import { moduleOf, type Snippet, snippetsOf } from '../support/snippets.ts'
import { useMarket } from '../support/test-market.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/client.md'), 'utf8')
const [twelveLines, ...ofPage] = snippetsOf(page)
const snippets = [
  ...ofPage.map(snippet => ({ path: 'docs/client.md', ...snippet })),
  ...globSync('docs/guide/*/*.md', { cwd: root })
    .sort()
    .flatMap(path => snippetsOf(readFileSync(join(root, path), 'utf8')).map(snippet => ({ path, ...snippet }))),
]
const [readmeSnippet] = snippetsOf(readFileSync(join(root, 'README.md'), 'utf8'))
const given = `
import { MarketClient } from '@prilavok/client'
export { MarketClient }
export const { PRILAVOK_API_KEY: apiKey = '', PRILAVOK_BUSINESS_ID: businessId = '', PRILAVOK_URL: baseUrl } = process.env
export const market = new MarketClient({ apiKey, businessId, baseUrl })
export const chatId = BigInt(process.env['CHAT_ID'] ?? '')
export const orderId = BigInt(process.env['PRILAVOK_ORDER_ID'] ?? '')
`
const market = useMarket()
const user = useClientPackage(['@types/node'])
let place: WaitingShop

type Placed = Snippet & { path: string }

const fileOf = ({ path, line }: Placed) => `${path.replaceAll(/[/.]/g, '-')}-line-${line}.ts`

beforeAll(async () => {
  place = await makeWaitingShop(market)
  const { businessId, campaignId, customer } = place.shop
  const items = [{ offerId: 'mug-350', name: 'Mug', count: 2, price: 450 }]
  const order = { campaignId, customerPublicId: customer.publicId, items }
  await askAdminFor(market, `PUT /businesses/${businessId}/orders/${place.env['PRILAVOK_ORDER_ID']}`, order)
  writeFileSync(join(user.folder, 'given.ts'), given)
  for (const snippet of snippets) {
    writeFileSync(join(user.folder, fileOf(snippet)), moduleOf(snippet, ['market', 'chatId', 'orderId']))
  }
  const readme = readmeSnippet && moduleOf(readmeSnippet, ['MarketClient', 'apiKey', 'businessId'])
  writeFileSync(join(user.folder, 'readme.ts'), readme ?? 'there is none')
})

test('the page begins with the twelve lines, which the flow of the package runs', () => {
  expect(twelveLines?.text).toBe(readFileSync(join(root, 'examples/twelve-lines.ts'), 'utf8'))
  expect(page).toContain(`prilavok-client-${manifest.version}.tgz`)
})

test('every snippet of the page, of the guide and of the README is right to the compiler', () => {
  expect(snippets.length).toBeGreaterThan(12)
  expect(user.check(['readme.ts', ...snippets.map(fileOf)])).toBe('')
})

test('every snippet of the page and of the guide runs, in order, and prints what it says', async () => {
  const main = snippets.map(snippet => `console.log('${mark(snippet)}')\nawait import('./${fileOf(snippet)}')`)
  writeFileSync(join(user.folder, 'main.ts'), [...main, 'process.exit(0)'].join('\n'))

  const secret = `whsec_${Buffer.from('a secret of twenty-four').toString('base64')}`
  const run = user.run('main.ts', { ...place.env, CHAT_ID: place.chatId, PORT: '0', WEBHOOK_SECRET: secret })
  const code = await run.ended

  expect({ code, errors: run.errors, lines: run.lines }).toEqual({
    code: 0,
    errors: [],
    lines: snippets.flatMap(snippet => [mark(snippet), ...snippet.prints]),
  })
})

test('what the snippets have sent is in the chat, each once', async () => {
  expect(await place.texts()).toEqual([
    'Where is my order?',
    'It is on its way.',
    'It will be there tomorrow.',
    '[file]',
    'Your refund is on its way.',
  ])
})

function mark({ path, line }: Placed): string {
  return `${path}, line ${line}`
}
