import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import type { ChatId } from '#contract'
import { type DeskOptions, type RunningDesk, startDesk } from '#desk'
import { systemClock } from '#kit'
import { connect, type Sql } from '../../src/database/connect.ts'
import type { TestBusiness } from './business.ts'
import { whenOver } from './run-context.ts'
import { cloneDatabase, collectingLog, type TestMarket } from './test-market.ts'

export type DeskDatabase = { databaseUrl: string; sql: Sql }

/** A database of this test file, in which the desk's tables are. Call it in the body of the file. */
export function useDeskDatabase(): DeskDatabase {
  const used = {} as DeskDatabase // filled before the first test runs
  let close = async () => {}
  beforeAll(async () => {
    const database = await cloneDatabase()
    const sql = connect(database.url, { max: 4, name: 'test', isPatient: true })
    Object.assign(used, { databaseUrl: database.url, sql })
    close = async () => {
      await sql.end()
      await database.drop()
    }
  })
  afterAll(() => close())
  return used
}

type Database = Pick<DeskOptions, 'databaseUrl'>

/** A desk for one test, which looks at the list of its markets often. What it logs must be nothing. */
export async function startTestDesk(
  { databaseUrl }: Database,
  options: Partial<DeskOptions> = {},
): Promise<RunningDesk> {
  const errors: string[] = []
  const filesFolder = mkdtempSync(join(tmpdir(), 'prilavok-desk-'))
  const running = await startDesk({
    ...{ host: '127.0.0.1', port: 0, secret: 'a secret of the tests', version: '0.0.0-test', clock: systemClock },
    ...{ databaseUrl, filesFolder, log: collectingLog(errors), sweepEveryMs: 300 },
    ...options,
  })
  whenOver(async () => {
    // The desks of later tests work their own cabinets. One that has been stopped leaves it to the others.
    await running.desk.sql`update desk.cabinets set state = 'paused' where state = 'active'`.catch(() => {})
    await running.stop()
    rmSync(filesFolder, { recursive: true, force: true })
    expect(errors, 'errors that the desk logged').toEqual([])
  })
  return running
}

type At = Pick<TestMarket, 'url'>

/** Connects the desk to a business, and resolves to the cabinet's id. */
export async function connectCabinet(
  { desk }: Pick<RunningDesk, 'desk'>,
  { url }: At,
  { businessId, token }: Pick<TestBusiness, 'businessId' | 'token'>,
): Promise<bigint> {
  const added = await desk.cabinets.add({ baseUrl: url, apiKey: token, businessId })
  if (added.outcome !== 'added') throw new Error(`the cabinet was not added: ${added.outcome}`)
  return added.cabinet.cabinetId
}

type Author = { market: TestMarket; shop: Pick<TestBusiness, 'businessId'>; chatId: bigint }

/** A message past the limits of the APIs. */
export async function writeAs(
  who: 'partner' | 'customer' | 'market',
  { market, shop: { businessId }, chatId }: Author,
  body: string,
): Promise<void> {
  const posted = await market.running.market.postbox.post({
    ...{ businessId, chatId: chatId as ChatId, event: `${who}_writes`, sender: who }, // the market has made it
    content: { kind: 'text', body },
  })
  if (posted.outcome !== 'done') throw new Error(`the message was refused: ${posted.outcome}`)
}

/** The texts that the shop has written into a chat, as the buyer sees them. */
export async function readShopTexts({ sql }: { sql: Sql }, chatId: bigint): Promise<(string | null)[]> {
  const rows = await sql<{ body: string | null }[]>`
    select coalesce(body, file_name) as body from market.messages
     where chat_id = ${chatId} and sender = 'partner' order by message_id`
  return rows.map(({ body }) => body)
}

/** What a desk has of a chat. */
export async function readDeskChat(sql: Sql, { cabinetId, chatId }: { cabinetId: bigint; chatId: bigint }) {
  const [chat] = await sql<
    { view: string; unread: number; lastText: string | null; waits: boolean; texts: string[] }[]
  >`
    select view, unread, last_text as "lastText", waiting_since is not null as waits,
           array(select m.text from desk.messages m where m.cabinet_id = c.cabinet_id and m.chat_id = c.chat_id
                  order by m.message_id) as texts
      from desk.chats c where cabinet_id = ${cabinetId} and chat_id = ${chatId}`
  return chat
}
