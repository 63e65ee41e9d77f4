import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../../src/database/connect.ts'
import { type DeskPerson, signInBy } from '../../test/support/desk-person.ts'
import { answerOf, ask, start, stopped } from '../child.ts'
import { makeRow, type Row } from '../row.ts'
import type { Stage } from '../stage.ts'
import { chatCount, fillDesk, filledCabinet } from './fill-desk.ts'
import { screenBench } from './screen.ts'

const rounds = 200

/** How soon the desk answers its pages, and its pages a person, beside a cabinet of 100 000 chats; against what is aimed at. */
export async function inboxBench(stage: Stage): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-bench-desk-'))
  const databaseUrl = await emptyDatabase(stage)
  const desk = start('desk/serve-desk.ts', [databaseUrl, folder, randomBytes(24).toString('hex')])
  const sql = connect(databaseUrl, { max: 2, name: 'bench fill' })
  try {
    const { url } = await answerOf<{ url: string }>(desk)
    await fillDesk(sql)
    const newLink = async () => (await ask<{ link: string }>(desk, 'link')).link
    const person = await signInBy({ url }, await newLink())
    const rows = await apiRows(person)
    const screen = await screenBench({ stage, desk, person, url, newLink })
    const { residentBytes } = await ask<{ residentBytes: number }>(desk, 'memory')
    const memory = { name: 'resident memory of the desk', value: residentBytes / 1024 / 1024, unit: 'MB' }
    return [...rows, ...screen, makeRow({ ...memory, against: 'the aim', reference: 300 })]
  } finally {
    await sql.end()
    await stopped(desk)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function emptyDatabase({ sql, server }: Stage): Promise<string> {
  await sql`create database desk_of_bench`
  return server.url('desk_of_bench')
}

const anyChat = (): `/${string}` => `/cabinets/${filledCabinet}/chats/${1 + Math.floor(Math.random() * chatCount)}`
const views = ['waiting', 'disputes', 'buyer', 'finished', 'all']
// A word of every second message, a rare one, one that is nowhere, a part, two words, a name, an order, a chat.
const queries = [
  'заказ',
  'арт1234',
  'гиппопотам',
  'арт12',
  'кольцо арт777',
  'Лебедев',
  '700054321',
  '4242',
  'цепочка серьги',
]

async function apiRows(person: DeskPerson): Promise<Row[]> {
  const view = (n: number) => person.get(`GET /chats?view=${views[n % views.length]}&limit=50`)
  const open = () => {
    const chat = anyChat()
    return Promise.all([person.get(`GET ${chat}`), person.get(`GET ${chat}/messages?limit=50`)])
  }
  const search = (n: number) => person.get(`GET /search?q=${encodeURIComponent(queries[n % queries.length] ?? '')}`)
  const aim = { unit: 'ms', against: 'the aim' }
  return [
    makeRow({ ...aim, name: 'a view and its count, p95', value: await p95(view), reference: 30 }),
    makeRow({ ...aim, name: 'a chat is opened, p95', value: await p95(open), reference: 30 }),
    makeRow({ ...aim, name: 'a search, p95', value: await p95(search), reference: 200 }),
  ]
}

/** Of so many, one after the other; the first ones warm up. */
async function p95(act: (n: number) => Promise<unknown>): Promise<number> {
  const took: number[] = []
  for (let n = -20; n < rounds; n++) {
    const begun = performance.now()
    await act(n + 20)
    if (n >= 0) took.push(performance.now() - begun)
  }
  return took.toSorted((a, b) => a - b)[Math.floor(rounds * 0.95)] ?? Number.NaN
}
