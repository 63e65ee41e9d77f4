import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PrivatePostgres, startPrivatePostgres } from '#database'
import { connect, type Sql } from '../src/database/connect.ts'
import { deriveSecrets } from '../src/market/keys/secrets.ts'
import { type BenchBusiness, makeBusiness } from './businesses.ts'
import { answerOf, ask, start, stopped } from './child.ts'
import { parentOf } from './load/cpu.ts'
import type { Watched } from './load/run-load.ts'

export type { BenchBusiness }

/** A market process and its database, with businesses full of chats; everything goes when the bench does. */
export type Stage = {
  server: PrivatePostgres
  sql: Sql
  port: number
  adminToken: string
  businesses: BenchBusiness[]
  /** More businesses, with a few chats each, that are told of their messages at this address. */
  addBusinesses(count: number, url: string): Promise<BenchBusiness[]>
  /** Of the market's process, when it had not been asked anything yet. */
  idleMegabytes: number
  residentMegabytes(): Promise<number>
  /** The market's process, and PostgreSQL's. */
  watched: Watched
  /** A second market process, on the same database, that logs no requests. */
  startWithoutLog(): Promise<SecondMarket>
  close(): Promise<void>
}

export type SecondMarket = { port: number; watched: Watched; stop(): Promise<void> }

// 32 businesses of 4 connections each: 128, with the parallel limit on.
const businessCount = 32
export const connectionsPerBusiness = 4
const chatsPerBusiness = 64
const chatsOfMore = 4

export async function setStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-bench-'))
  chmodSync(folder, 0o755)
  const server = await startPrivatePostgres({ dataDir: join(folder, 'data'), say: () => {} })
  const secret = randomBytes(24).toString('hex')
  const place = [server.url('postgres'), join(folder, 'files'), secret]
  const market = start('serve-market.ts', place)
  const { url } = await answerOf<{ url: string }>(market)
  const secrets = deriveSecrets(secret)
  const sql = connect(server.url('postgres'), { max: 2, name: 'bench' })
  const businesses: BenchBusiness[] = []
  // Nobody answers there: deliveries are written, and wait.
  const plan = { chats: chatsPerBusiness, url: 'http://127.0.0.1:9' }
  for (let n = 1; n <= businessCount; n++) businesses.push(await makeBusiness({ sql, secrets }, n, plan))
  let made = businessCount
  await sql`vacuum analyze`
  const database = await findPostmaster(sql)
  return {
    server,
    sql,
    idleMegabytes: await residentMegabytes(market),
    watched: { server: market.pid ?? 0, database },
    port: Number(new URL(url).port),
    adminToken: secrets.adminToken(1),
    businesses,
    async addBusinesses(count, url) {
      const more: BenchBusiness[] = []
      for (let n = 0; n < count; n++)
        more.push(await makeBusiness({ sql, secrets }, ++made, { chats: chatsOfMore, url }))
      return more
    },
    residentMegabytes: () => residentMegabytes(market),
    startWithoutLog: () => startWithoutLog(place, database),
    async close() {
      await sql.end()
      await stopped(market)
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** One to look at what is answered. */
export function someChatOf({ businesses }: Pick<Stage, 'businesses'>): { business: BenchBusiness; chatId: number } {
  // From the middle: its ids are as long as most.
  const business = businesses[Math.floor(businesses.length / 2)]
  const chatId = business?.chatIds[Math.floor(business.chatIds.length / 2)]
  if (!business || chatId === undefined) throw new Error('the stage has no chat')
  return { business, chatId }
}

async function startWithoutLog(place: string[], database: number | undefined): Promise<SecondMarket> {
  const market = start('serve-market.ts', [...place, 'without log'])
  const { url } = await answerOf<{ url: string }>(market)
  const watched = { server: market.pid ?? 0, database }
  return { port: Number(new URL(url).port), watched, stop: () => stopped(market) }
}

/** All of PostgreSQL's processes are children of one. */
async function findPostmaster(sql: Sql): Promise<number | undefined> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
  return row && parentOf(row.pid)
}

async function residentMegabytes(market: ChildProcess): Promise<number> {
  const { residentBytes } = await ask<{ residentBytes: number }>(market, 'memory')
  return residentBytes / 1024 / 1024
}
