import { expect, onTestFinished, test } from 'vitest'
import { notificationTypeOf } from '#contract'
import { makeBusiness } from '../support/business.ts'
import { prilavok } from '../support/command.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { cloneDatabase, collectingLog, startTestMarket } from '../support/test-market.ts'

const { chat_created: chatCreated } = notificationTypeOf

test.each<[what: string, args: string[], code: number, line: string]>([
  ['a market elsewhere', ['--url', 'https://market.example', '--admin-token', 'x'], 1, 'open a tunnel to a port here'],
  ['a type that is none', ['--types', `${chatCreated},PING`], 2, `There are: ${chatCreated}`],
  ['a program that is no address', ['--forward-to', '/notification'], 2, 'It must be an address such as http://'],
  ['a program that speaks no HTTP', ['--forward-to', 'ftp://127.0.0.1/n'], 2, 'It must be an address such as http://'],
])('%s is named', async (_what, args, code, line) => {
  const ended = await prilavok(['listen', ...args]).ended
  expect(ended).toMatchObject({ code, out: '', err: expect.stringContaining(line) })
})

test('a market that does not notify local addresses says how to start it', async () => {
  const { url: databaseUrl, drop } = await cloneDatabase()
  onTestFinished(drop)
  const strict = await startTestMarket({
    databaseUrl,
    filesFolder: makeOpenFolder(),
    log: collectingLog([]),
    arePrivateWebhooksAllowed: false,
  })
  onTestFinished(() => strict.stop())
  const { businessId } = await makeBusiness(strict)
  const place = ['--url', strict.url, '--admin-token', strict.adminToken, '--business', `${businessId}`]

  const ended = await prilavok(['listen', ...place, '--data', makeOpenFolder()]).ended

  expect(ended).toMatchObject({ code: 1, out: '', err: expect.stringContaining('--allow-private-webhooks') })
})
