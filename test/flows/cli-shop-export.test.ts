import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { type Buyer, chatPath, makeBuyer } from '../support/buyer.ts'
import { makeClosedFolder } from '../support/private-postgres.ts'
import { makeShop } from '../support/shop-command.ts'
import { makeStallingProxy } from '../support/stalling-proxy.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const patience = 60_000

const evil = '=1+1"; <script>alert(1)</script>\u001b[2J'
const bytes = new Uint8Array([137, 80, 78, 71, 1, 2, 3])

async function write({ businessId }: TestBusiness, chatId: bigint, text: string): Promise<void> {
  await askAdminFor(market, `POST /businesses/${businessId}/chats/${chatId}/customer-messages`, { text })
}

/** A business of several chats: one with a hostile text, one with files of hostile names. */
async function makeBusyBusiness(): Promise<{ business: TestBusiness; chatIds: bigint[]; buyer: Buyer }> {
  const business = await makeBusiness(market)
  const buyer = await makeBuyer(market, business.customer.publicId)
  const chatIds: bigint[] = []
  for (let i = 0; i < 6; i++) {
    const chatId = await business.makeChat()
    chatIds.push(chatId)
    await write(business, chatId, i === 0 ? evil : `Вопрос ${i}`)
    await write(business, chatId, 'И ещё один')
  }
  for (const name of ['photo.PNG', 'page.html', 'x.svg']) {
    await buyer.sendFile(chatPath(business, chatIds[1] ?? 0n), bytes, name)
  }
  return { business, chatIds, buyer }
}

/** What stands in a folder, by path; without the sync's own notes. */
function contentOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const names = paths.map(entry => join(entry.parentPath, entry.name)).filter(path => !path.endsWith('notes.json'))
  return Object.fromEntries(names.sort().map(path => [path.slice(folder.length + 1), readFileSync(path, 'latin1')]))
}

test('all chats, messages and files are exported, in each format, and nothing in them does harm', {
  timeout: patience,
}, async () => {
  const { business, chatIds } = await makeBusyBusiness()
  const shop = makeShop(market, business)
  const out = join(makeClosedFolder(), 'export')

  const told = await shop.run(['export', '--out', out])
  await shop.run(['export', '--out', out, '--format', 'csv'])
  await shop.run(['export', '--out', out, '--format', 'html'])

  const [chats = '', messages = '', csv = '', page = ''] = [
    'chats.jsonl',
    'messages.jsonl',
    'messages.csv',
    'index.html',
  ].map(name => readFileSync(join(out, name), 'utf8'))
  const lines = messages
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  const files = lines.flatMap(line => line.files ?? [])
  expect(told).toEqual({
    code: 0,
    err: '',
    out: `6 chats, 15 messages, 3 files: ${out}/chats.jsonl, ${out}/messages.jsonl`,
  })
  expect(
    chats
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line).chatId),
  ).toEqual(chatIds.map(Number))
  expect(lines[0]).toMatchObject({ chatId: Number(chatIds[0]), sender: 'CUSTOMER', text: evil })
  expect(files.map(({ path }) => path.replace(/\d+-1/, '*'))).toEqual(
    ['png', 'bin', 'bin'].map(end => `files/${chatIds[1]}/*.${end}`),
  )
  expect(statSync(out).mode & 0o777).toBe(0o700)
  expect(files.map(({ path }) => readFileSync(join(out, path)))).toEqual(files.map(() => Buffer.from(bytes)))
  expect(csv).toContain(`,CUSTOMER,"'=1+1""; <script>alert(1)</script>\ufffd[2J",`)
  expect(page).toContain('=1+1&quot;; &lt;script&gt;alert(1)&lt;/script&gt;�[2J')
  expect(page.match(/<p class="day">/g)).toHaveLength(chatIds.length)
  expect(page).not.toMatch(/<script|\son\w+=|\shref="(?!#|files\/)|\ssrc="(?!files\/)/)
})

test.each([
  ['the list', '/chats?', 0],
  ['the first history', '/chats/history', 0],
  ['a later history', '/chats/history', 4],
  ['the files', '/files/', 1],
] as const)(
  'killed at %s, the export goes on from there and ends the same',
  { timeout: patience },
  async (_where, text, count) => {
    const { business } = await makeBusyBusiness()
    const proxy = await makeStallingProxy(market.url)
    const shop = makeShop(proxy, business)
    const [whole, cut] = [join(makeClosedFolder(), 'whole'), join(makeClosedFolder(), 'cut')]
    await shop.run(['export', '--out', whole])
    proxy.stallAfter(text, count)
    const running = shop.start(['export', '--out', cut])
    await proxy.stalled()
    running.child.kill('SIGKILL')
    await running.ended
    proxy.flow()

    const resumed = await shop.run(['export', '--out', cut])

    expect(resumed).toMatchObject({ code: 0, err: '', out: expect.stringContaining('6 chats, 15 messages, 3 files') })
    const content = contentOf(cut)
    expect(Object.keys(content)).toEqual(Object.keys(contentOf(whole)))
    expect([content['messages.jsonl'], content['chats.jsonl']]).toEqual([
      contentOf(whole)['messages.jsonl'],
      contentOf(whole)['chats.jsonl'],
    ])
  },
)

test('an export that is run again fetches what is new, and downloads no file twice', {
  timeout: patience,
}, async () => {
  const { business, chatIds } = await makeBusyBusiness()
  const proxy = await makeStallingProxy(market.url)
  const shop = makeShop(proxy, business)
  const out = join(makeClosedFolder(), 'export')
  await shop.run(['export', '--out', out])
  await write(business, chatIds[3] ?? 0n, 'Новое')
  proxy.asked.splice(0)

  const again = await shop.run(['export', '--out', out])

  expect(again.out).toContain('6 chats, 16 messages, 3 files')
  expect(proxy.asked.filter(path => path.includes('/files/'))).toEqual([])
  expect(readFileSync(join(out, 'messages.jsonl'), 'utf8')).toContain('Новое')
})

test('a file whose link has expired is asked for again with the link that its message has now', async () => {
  const { business } = await makeBusyBusiness()
  const proxy = await makeStallingProxy(market.url)
  const shop = makeShop(proxy, business)
  proxy.expire('/files/', 1)

  const mended = await shop.run(['export', '--out', join(makeClosedFolder(), 'export')])

  expect(mended).toMatchObject({ code: 0, out: expect.stringContaining('15 messages, 3 files') })
})

test('a file that cannot be had is told of, and tried again by the next export', async () => {
  const { business } = await makeBusyBusiness()
  const proxy = await makeStallingProxy(market.url)
  const shop = makeShop(proxy, business)
  const out = join(makeClosedFolder(), 'export')
  proxy.expire('/files/', Infinity)

  const without = await shop.run(['export', '--out', out])
  proxy.expire('', 0)
  const whole = await shop.run(['export', '--out', out])

  expect(without).toMatchObject({ code: 1, out: expect.stringContaining('15 messages, 0 files') })
  expect(without.err).toMatch(/^prilavok: 3 files could not be downloaded/)
  expect(whole).toMatchObject({ code: 0, out: expect.stringContaining('15 messages, 3 files') })
})

test('verify says that all is there, or what is not', { timeout: patience }, async () => {
  const { business, chatIds } = await makeBusyBusiness()
  const shop = makeShop(market, business)
  const out = join(makeClosedFolder(), 'export')
  await shop.run(['export', '--out', out])

  const good = await shop.run(['verify', '--out', out])
  rmSync(join(out, 'files'), { recursive: true })
  const fileless = await shop.run(['verify', '--out', out])
  const kept = join(out, 'store', `${chatIds[2]}.json`)
  writeFileSync(kept, readFileSync(kept, 'utf8').replace('Вопрос 2', 'Другое'))
  rmSync(join(out, 'store', `${chatIds[3]}.json`))
  const bad = await shop.run(['verify', '--out', out])
  const json = await shop.run(['verify', '--out', out, '--json'])

  expect(good).toEqual({ code: 0, err: '', out: '6 chats, 15 messages, 0 missing, 0 different' })
  expect(fileless).toMatchObject({ code: 1, out: expect.stringContaining('0 missing, 0 different\n3 files missing') })
  expect(bad.code).toBe(1)
  expect(bad.out).toMatch(/^6 chats, 15 messages, 3 missing, 1 different\n/)
  expect(bad.out).toContain('3 files missing on disk, or damaged')
  expect(JSON.parse(json.out)).toMatchObject({ missing: 3, different: 1, filesMissing: 3 })
})

test('a file that is damaged on disk is told of by verify, and mended by export', { timeout: patience }, async () => {
  const { business, chatIds } = await makeBusyBusiness()
  const shop = makeShop(market, business)
  const out = join(makeClosedFolder(), 'export')
  await shop.run(['export', '--out', out])
  const folder = join(out, 'files', `${chatIds[1]}`)
  const damaged = join(folder, readdirSync(folder)[0] ?? '')
  const whole = readFileSync(damaged)
  writeFileSync(damaged, 'x')

  const verified = await shop.run(['verify', '--out', out])
  await shop.run(['export', '--out', out])

  expect(verified).toMatchObject({ code: 1, out: expect.stringContaining('1 file missing on disk, or damaged') })
  expect(readFileSync(damaged)).toEqual(whole)
})

test('a folder of something else, or of another business, is left alone', { timeout: patience }, async () => {
  const [own, other] = [await makeBusiness(market), await makeBusiness(market)]
  const [used, out] = [makeClosedFolder(), join(makeClosedFolder(), 'export')]
  writeFileSync(join(used, 'letter.txt'), 'mine')
  await makeShop(market, own).run(['export', '--out', out])

  const intoUsed = await makeShop(market, own).run(['export', '--out', used])
  const intoOther = await makeShop(market, other).run(['export', '--out', out])
  const verified = await makeShop(market, own).run(['verify', '--out', used])

  expect(intoUsed).toMatchObject({ code: 1, err: expect.stringContaining('is not empty and holds no export') })
  expect(intoOther).toMatchObject({ code: 1, err: expect.stringContaining(`holds an export of ${own.businessId}`) })
  expect(verified).toMatchObject({ code: 1, err: expect.stringContaining('holds no export') })
  expect(readdirSync(used)).toEqual(['letter.txt'])
})

test('Ctrl-C stops an export cleanly', async () => {
  const { business } = await makeBusyBusiness()
  const proxy = await makeStallingProxy(market.url)
  proxy.stallAfter('/chats/history', 1)
  const out = join(makeClosedFolder(), 'export')
  const running = makeShop(proxy, business).start(['export', '--out', out])
  await proxy.stalled()
  running.child.kill('SIGINT')

  expect(await running.ended).toEqual({ code: 130, out: '', err: 'Stopped. The same command goes on from here.\n' })
})
