import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { publint } from 'publint'
import { afterAll, beforeAll, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { makePng, pictures } from '../../src/market/files/picture.ts'
import { launchChromium } from '../support/chromium.ts'
import { node20, packClient, type Run, useClientPackage } from '../support/client-package.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { makeWaitingShop } from '../support/shop-user.ts'
import { useMarket } from '../support/test-market.ts'

const sizeMax = 44_000
const examples = join(import.meta.dirname, '../../examples')
const market = useMarket()
const user = useClientPackage(['@types/node'])
const installed = (path: string) => join(user.folder, 'node_modules/@prilavok/client', path)
const patience = { timeout: 30_000 }

test('the tarball is small, needs nothing else, and is the same when it is packed again', () => {
  const { dependencies, peerDependencies, engines, version, sideEffects, type } = JSON.parse(
    readFileSync(installed('package.json'), 'utf8'),
  )
  const files = readdirSync(installed(''))

  expect(statSync(user.tarball).size).toBeLessThanOrEqual(sizeMax)
  expect({ dependencies, peerDependencies }).toEqual({})
  expect({ engines, version, sideEffects, type }).toEqual({
    engines: { node: '>=20.3' },
    ...{ version: manifest.version, sideEffects: false, type: 'module' },
  })
  expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'index.js', 'index.d.ts']))
  expect(readFileSync(packClient(makeOpenFolder()))).toEqual(readFileSync(user.tarball))
})

test('whoever throws has a line of its own, which Node 20 prints before the error', () => {
  const lines = readFileSync(installed('index.js'), 'utf8').split('\n')

  expect(lines.filter(line => line.startsWith('throw ')).length).toBeGreaterThan(20)
  expect(lines.filter(line => /[^\w.]throw /.test(line))).toEqual([])
})

test('publint finds nothing to say of it', async () => {
  const { messages } = await publint({ pkgDir: installed(''), level: 'suggestion', strict: true, pack: false })

  expect(messages).toEqual([])
})

test('its README begins as the first page does, and has no link that leads nowhere', () => {
  const readme = readFileSync(installed('README.md'), 'utf8')
  const page = readFileSync(join(examples, '../docs/client.md'), 'utf8')

  expect(readme).toContain(readFileSync(join(examples, 'twelve-lines.ts'), 'utf8'))
  expect(page.startsWith(readme.slice(0, readme.lastIndexOf('\nThe rest')))).toBe(true)
  expect(readme).not.toContain('](')
})

const program = `
  import { MarketClient, NotFound } from '@prilavok/client'
  const { PRILAVOK_API_KEY: apiKey, PRILAVOK_BUSINESS_ID: businessId, PRILAVOK_URL: baseUrl } = process.env
  const market = new MarketClient({ apiKey, businessId, baseUrl })
  for await (const { chatId, context } of market.chats.list()) {
    const { state } = await market.messages.send(chatId, 'На связи')
    for await (const { text } of market.messages.history(chatId)) console.log(text)
    console.log(state, String(context.orderId) === process.env.PRILAVOK_ORDER_ID)
  }
  await market.chats.get(404).catch(error => console.log(error instanceof NotFound, error.status))
`

// NODE20=/path names one where the machine has no Node 20 of its own: without it that row is left out.
const runtimes = [
  { name: 'Node 24', node: process.execPath },
  { name: `Node 20${node20 ? '' : ' (there is none here)'}`, node: node20 },
]

for (const { name, node } of runtimes) {
  test.skipIf(!node)(`JavaScript on ${name} reads, answers and tells errors apart`, async () => {
    const { env } = await makeWaitingShop(market)
    writeFileSync(join(user.folder, 'program.js'), program)

    const run = user.run('program.js', env, node)

    expect({ code: await run.ended, errors: run.errors, lines: run.lines }).toEqual({
      ...{ code: 0, errors: [] },
      lines: ['Where is my order?', 'На связи', 'sent true', 'true 404'],
    })
  })
}

test('an error that nobody catches is told with the line that threw it, and not with the whole library', async () => {
  const { env } = await makeWaitingShop(market)
  writeFileSync(join(user.folder, 'program.js'), program)

  const run = user.run('program.js', { ...env, PRILAVOK_API_KEY: 'wrong' })

  expect(await run.ended).toBe(1)
  expect(run.errors.join('\n')).toMatch(/Unauthorized: .*Check the key/)
  expect(run.errors.join('\n').length).toBeLessThan(4_000)
})

const everyType = `
  import * as client from '@prilavok/client'
  import type { Chat, Message } from '@prilavok/client'
  export const idOf = ({ chatId }: Chat): bigint => chatId
  export const textOf = ({ text }: Message): string | undefined => text
  export const { MarketClient } = client
  export const open = (baseUrl: string | undefined) => new MarketClient({ apiKey: '', businessId: 1, baseUrl })
  // @ts-expect-error: a key is needed
  new MarketClient({ businessId: 1 })
  // @ts-expect-error: ids are not dates
  export const wrong = (chat: Chat): Date => chat.chatId
`

test.each([
  ['Node with nodenext', {}],
  [
    'a bundler with the types of browsers',
    { module: 'esnext', moduleResolution: 'bundler', lib: 'es2022,dom', types: '' },
  ],
  ['the strictest options', { exactOptionalPropertyTypes: 'true', noUncheckedIndexedAccess: 'true' }],
])('its types stand alone for %s, library checks included', (_who, options) => {
  writeFileSync(join(user.folder, 'every-type.ts'), everyType)

  expect(user.check(['every-type.ts'], options)).toBe('')
})

/** The twelve lines, copied and run as a programmer would. */
function runTwelveLines(env: Record<string, string>, node: string | undefined): Run {
  copyFileSync(join(examples, 'twelve-lines.ts'), join(user.folder, 'twelve-lines.ts'))
  writeFileSync(join(user.folder, 'photo.png'), makePng(pictures.chippedMug))
  if (node === process.execPath) return user.run('twelve-lines.ts', env)
  expect(user.check(['twelve-lines.ts'], { noEmit: 'false', allowImportingTsExtensions: 'false' })).toBe('')
  return user.run('twelve-lines.js', env, node)
}

for (const { name, node } of runtimes) {
  test.skipIf(!node)(`twelve lines on ${name} list, answer, send a photo and follow`, async () => {
    const { chatId, env, write, texts } = await makeWaitingShop(market)

    const run = runTwelveLines(env, node)
    await expect.poll(texts, patience).toEqual(['Where is my order?', 'Good day! This is how it looks:', '[file]'])
    await expect
      .poll(
        async () => {
          await write('Спасибо!')
          return run.lines.join('\n')
        },
        { timeout: 15_000, interval: 1_000 },
      )
      .toContain("text: 'Спасибо!'")

    expect(run.lines[0]).toBe(`Chat ${chatId} waits: ORDER ${env['PRILAVOK_ORDER_ID']}`)
    expect(run.errors).toEqual([])
  })
}

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

test('a page in Chromium reads and answers', async () => {
  const { env, texts } = await makeWaitingShop(market)
  const page = await browser.newPage()
  // The market's own origin: what a page of a shop's own server would reach through that server.
  await page.route('**/client.js', route =>
    route.fulfill({ path: installed('index.js'), contentType: 'text/javascript' }),
  )
  await page.goto(`${market.url}/healthz`)

  const options = { apiKey: env['PRILAVOK_API_KEY'], businessId: env['PRILAVOK_BUSINESS_ID'], baseUrl: market.url }
  const seen = await page.evaluate(`import('/client.js').then(async ({ MarketClient }) => {
    const market = new MarketClient(${JSON.stringify(options)})
    const { items: [chat] } = await market.chats.list().page()
    await market.messages.send(chat.chatId, 'From a page')
    await market.messages.sendFile(chat.chatId, new File(['a note'], 'note.txt'))
    return [typeof chat.chatId, String(chat.context.orderId)]
  })`)

  expect(seen).toEqual(['bigint', env['PRILAVOK_ORDER_ID']])
  expect(await texts()).toEqual(['Where is my order?', 'From a page', '[file]'])
})
