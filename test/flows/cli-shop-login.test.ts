import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { makeBusiness } from '../support/business.ts'
import { prilavok } from '../support/command.ts'
import { makeClosedFolder } from '../support/private-postgres.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const main = join(import.meta.dirname, '../../src/cli/main.ts')

function makeConfig() {
  const file = join(makeClosedFolder(), 'prilavok', 'profiles.json')
  const run = (args: string[], input?: string) => prilavok(args, { PRILAVOK_CONFIG: file, LC_ALL: 'C' }, input).ended
  const login = (key: string, ...args: string[]) =>
    run(['login', '--key-stdin', '--url', market.url, ...args], `${key}\n`)
  return { file, run, login }
}

test('a key is checked, kept for its owner alone, used, and forgotten', async () => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()
  const { file, run, login } = makeConfig()
  mkdirSync(dirname(file), { mode: 0o755 })

  const loggedIn = await login(business.token)
  const used = await run(['chats', 'list', '--json'])
  const profiles = await run(['profiles'])
  const modes = [file, dirname(file)].map(path => statSync(path).mode & 0o777)
  const loggedOut = await run(['logout'])
  const after = await run(['chats', 'list'])

  expect(loggedIn.out).toContain(
    `Logged in: key "Ключ", business ${business.businessId} · Кабинет ${business.businessId}, profile default.`,
  )
  expect(JSON.parse(used.out)).toMatchObject({ chatId: Number(chatId) })
  expect(profiles.out).toMatch(new RegExp(`default +${business.businessId}  ${market.url}  current`))
  expect(modes).toEqual([0o600, 0o700])
  expect([loggedIn, used, profiles].map(({ out, err }) => (out + err).includes(business.token.slice(5, 30)))).toEqual([
    false,
    false,
    false,
  ])
  expect(loggedOut.code).toBe(0)
  expect(readFileSync(file, 'utf8')).not.toContain(business.token)
  expect(after).toMatchObject({ code: 1, err: expect.stringContaining('prilavok login') })
})

test.skipIf(!existsSync('/dev/full'))('output that cannot be written is told in one line', async () => {
  const { file, login } = makeConfig()
  const business = await makeBusiness(market)
  await login(business.token)
  const { status, stderr } = spawnSync(process.execPath, [main, 'profiles'], {
    env: { ...process.env, PRILAVOK_CONFIG: file, LC_ALL: 'C' },
    stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    encoding: 'utf8',
  })

  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: 'prilavok: The output cannot be written: the disk is full.\n',
  })
})

test('of several profiles the named one is used, else the last that was logged in to', async () => {
  const [first, second] = [await makeBusiness(market), await makeBusiness(market)]
  const { run, login } = makeConfig()
  await login(first.token, '--profile', 'first')
  await login(second.token, '--profile', 'second')
  const [one, two] = [await first.makeChat(), await second.makeChat()]
  const chatOf = async (...args: string[]) => JSON.parse((await run(['chats', 'list', '--json', ...args])).out).chatId

  expect(await chatOf()).toBe(Number(two))
  expect(await chatOf('--profile', 'first')).toBe(Number(one))
  await run(['profiles', 'first'])
  expect(await chatOf()).toBe(Number(one))
  expect(await run(['chats', 'list', '--profile', 'third'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no profile third'),
  })
})

test('a key that is not taken, or opens another business, is not kept', async () => {
  const business = await makeBusiness(market)
  const { file, login } = makeConfig()

  const wrong = await login(`ACMA:${'b'.repeat(40)}:01234567`)
  const others = await login(business.token, '--business', '77')
  const none = await login('')

  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('does not accept this key') })
  expect(others.err).toBe(`prilavok: The key does not open the business 77, but ${business.businessId}.\n`)
  expect(none.err).toMatch(/^prilavok: No key was given/)
  expect(existsSync(file)).toBe(false)
})

test('without a terminal and a key there is nothing to ask', async () => {
  const { run } = makeConfig()
  expect(await run(['login'])).toMatchObject({ code: 1, err: expect.stringContaining('--key-stdin') })
})

test('a key without access to chats is kept with a note', async () => {
  const business = await makeBusiness(market)
  const { login } = makeConfig()
  const told = await login(await business.makeKey(['pricing']))
  expect(told).toMatchObject({ code: 0, err: expect.stringContaining('has no access to chats') })
})
