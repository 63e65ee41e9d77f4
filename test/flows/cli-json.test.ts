import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { beforeAll, expect, test } from 'vitest'
import { makeProgram } from '../../src/cli/make-program.ts'
import { textsOf } from '../../src/cli/texts/index.ts'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { prilavok } from '../support/command.ts'
import { makeClosedFolder } from '../support/private-postgres.ts'
import { makeReceiver } from '../support/receiver.ts'
import { subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket({ lab: { seed: 1 } })

/** What a terminal would obey: a sequence that begins with one character of C1, and others of them. */
const spell = 'Где заказ?\u009b31m\u0085\u007f'
const obeyed = /[\u007f-\u009f]/

let business: TestBusiness
let chat: string
let order: string
let key: string

beforeAll(async () => {
  business = await makeBusiness(market)
  const path = `/businesses/${business.businessId}` as const
  await askAdminFor(market, `PATCH ${path}`, { name: spell })
  await askAdminFor(market, `PUT /customers/${business.customer.publicId}`, { name: spell })
  const made = { name: spell, scopes: ['communication'] }
  key = (await askAdminFor<{ token: string }>(market, `POST ${path}/keys`, made)).token
  chat = `${await business.makeChat()}`
  order = `${await business.makeOrder()}`
  await askAdminFor(market, `POST ${path}/chats/${chat}/customer-messages`, { text: spell })
})

function start(args: readonly string[], folder: string, input?: string) {
  const env = {
    PRILAVOK_API_KEY: key,
    PRILAVOK_URL: market.url,
    PRILAVOK_BUSINESS_ID: `${business.businessId}`,
    PRILAVOK_CONFIG: join(folder, 'profiles.json'),
    PRILAVOK_ADMIN_TOKEN: market.adminToken,
  }
  return prilavok([...args, '--json'], env, input)
}

type Run = (folder: string) => Promise<string>
const run =
  (...args: string[]): Run =>
  async folder =>
    (await start(args, folder).ended).out
const login: Run = async folder => (await start(['login', '--key-stdin'], folder, key).ended).out

const putState =
  (name: string): Run =>
  async folder => {
    const file = join(folder, 'state.yaml')
    writeFileSync(file, `prilavok: 1\nbusinesses: [{ name: ${JSON.stringify(spell)} }]`)
    return run('state', name, file)(folder)
  }

/** One that was delivered. */
async function makeEvent(): Promise<string> {
  await subscribe(market.sql, business, await makeReceiver())
  await business.makeChat()
  type Page = { deliveries: { deliveryId: string }[] }
  const delivered = async () => {
    const path = `/businesses/${business.businessId}/deliveries?state=DELIVERED` as const
    return (await askAdminFor<Page>(market, `GET ${path}`)).deliveries[0]?.deliveryId ?? ''
  }
  await expect.poll(delivered, { timeout: 30_000 }).not.toBe('')
  return delivered()
}

/** Each command that prints what people have written, run as far as its first line of that. */
const runs: Record<string, Run> = {
  'prilavok chats list': run('chats', 'list'),
  'prilavok chats show': folder => run('chats', 'show', chat)(folder),
  'prilavok chats open': folder => run('chats', 'open', '--order', order)(folder),
  'prilavok history': folder => run('history', chat)(folder),
  'prilavok send': folder => run('send', chat, spell)(folder),
  'prilavok send-file': async folder => {
    writeFileSync(join(folder, 'a.txt'), 'счёт')
    return run('send-file', chat, join(folder, 'a.txt'))(folder)
  },
  'prilavok watch': async folder => {
    const { linesUntil, child } = start(['watch', '--every', '1'], folder)
    const told = linesUntil('Где заказ?')
    const write = `POST /businesses/${business.businessId}/chats/${chat}/customer-messages` as const
    const writing = setInterval(() => void askAdminFor(market, write, { text: spell }), 1000)
    const lines = await told.finally(() => clearInterval(writing))
    child.kill('SIGINT')
    return lines.join('\n')
  },
  'prilavok export': async folder => {
    const out = await run('export', '--out', join(folder, 'out'))(folder)
    const files = ['chats.jsonl', 'messages.jsonl'].map(name => readFileSync(join(folder, 'out', name), 'utf8').trim())
    return [out, ...files].join('\n')
  },
  'prilavok verify': async folder => {
    await run('export', '--out', join(folder, 'out'))(folder)
    return run('verify', '--out', join(folder, 'out'))(folder)
  },
  'prilavok doctor': run('doctor'),
  'prilavok login': login,
  'prilavok profiles': async folder => {
    await login(folder)
    return run('profiles')(folder)
  },
  'prilavok tokens list': run('tokens', 'list'),
  'prilavok tokens revoke': run('tokens', 'revoke', '--all-businesses'),
  'prilavok conformance': run('conformance', '--operation', 'getChat'),
  'prilavok state seed': putState('seed'),
  'prilavok state import': putState('import'),
  'prilavok logs tail': async folder => {
    await run('chats', 'list')(folder)
    const { firstLine, child } = start(['logs', 'tail', '--operation', 'getChats'], folder)
    const line = await firstLine()
    child.kill('SIGINT')
    return line
  },
  'prilavok events list': async folder => {
    await makeEvent()
    return run('events', 'list')(folder)
  },
  'prilavok events show': async folder => run('events', 'show', await makeEvent())(folder),
  'prilavok events resend': async folder => run('events', 'resend', await makeEvent())(folder),
  'prilavok fixtures': async folder => {
    const file = join(folder, 'steps.json')
    writeFileSync(file, JSON.stringify({ steps: [{ trigger: 'message.customer', text: spell }] }))
    return run('fixtures', file)(folder)
  },
  'prilavok trigger': folder => run('trigger', 'message.customer', '--text', spell)(folder),
}

/** Their lines say nothing that people have written. */
const withoutPeople = ['up', 'market', 'check', 'desk', 'desk link'].map(name => `prilavok ${name}`)

/** Those whose lines have the spell in them, when all goes well. */
const withSpell = [
  'logs tail',
  'chats list',
  'chats show',
  'history',
  'watch',
  'export',
  'login',
  'state seed',
  'state import',
]

function commandsWithJson(command: Command, words = command.name()): string[] {
  const inner = command.commands.flatMap(each => commandsWithJson(each, `${words} ${each.name()}`))
  return command.options.some(({ long }) => long === '--json') ? [words, ...inner] : inner
}

test('every command that prints JSON is run here', () => {
  const known = [...Object.keys(runs), ...withoutPeople].sort()

  expect(commandsWithJson(makeProgram(textsOf('en'))).sort()).toEqual(known)
})

test.each(Object.entries(runs))(
  '%s --json prints nothing that a terminal obeys, and the very texts',
  async (name, run) => {
    const out = await run(makeClosedFolder())
    const values: unknown[] = out.split('\n').map(line => JSON.parse(line))

    expect(out).not.toMatch(obeyed)
    const isSaid = withSpell.includes(name.replace('prilavok ', ''))
    expect(JSON.stringify(values).includes(JSON.stringify(spell).slice(1, -1))).toBe(isSaid)
  },
)
