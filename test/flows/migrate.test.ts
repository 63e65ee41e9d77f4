import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrate, type Schema } from '#database'
import { Problem } from '#kit'
import { connect, type Sql } from '../../src/database/connect.ts'
import { makeSqlFolder } from '../support/sql-folder.ts'
import { cloneDatabase } from '../support/test-market.ts'

let database: Awaited<ReturnType<typeof cloneDatabase>>
let sql: Sql
beforeAll(async () => {
  database = await cloneDatabase()
  sql = connect(database.url, { max: 4, name: 'test' })
})
beforeEach(() => sql.unsafe('drop schema if exists desk cascade'))
afterAll(async () => {
  await sql.end()
  await database.drop()
})

const table = 'create table desk.notes (note text)'
const says = (text: string) =>
  `create or replace function desk.say() returns text language sql return '${text}'::text\n`
const shout = `create or replace function desk.shout() returns text language plpgsql as $$ begin return upper(desk.say()::text); end $$\n`

type Files = Parameters<typeof makeSqlFolder>[0]
const makeSchema = (files: Files, rest: Partial<Schema> = {}): Schema => ({
  schema: 'desk',
  folder: makeSqlFolder(files),
  generation: 1,
  ...rest,
})
const functionsOnly = (functions: Record<string, string>, rest?: Partial<Schema>) => makeSchema({ functions }, rest)

const checksumOf = (text: string) => createHash('sha256').update(text).digest('hex')
const say = async () => (await sql<{ say: string }[]>`select desk.say()`)[0]?.say
const listForms = async () =>
  (
    await sql<{ form: string }[]>`
      select oid::regprocedure::text as form from pg_proc where pronamespace = 'desk'::regnamespace order by 1`
  ).map(row => row.form)
const listRecords = () => sql`
  select name, checksum from desk.migrations union all select name, checksum from desk.functions order by name`
/** Another after each change of the function, also by the same text. */
const changeOf = async (name: string) =>
  (await sql<{ oid: number; xmin: string }[]>`select oid, xmin::text from pg_proc where proname = ${name}`).map(
    row => ({ ...row }),
  )

test('a new schema gets its tables, then its functions, and a second start changes nothing', async () => {
  const schema = makeSchema({
    migrations: { '001-notes.sql': `${table}\n---\ninsert into desk.notes values ('first')` },
    functions: { 'say.sql': `${says('hello')}---\n${shout}` },
  })

  await migrate(sql, schema)
  const change = await changeOf('say')
  await migrate(sql, schema)

  expect(await sql`select note, desk.shout() from desk.notes`).toEqual([{ note: 'first', shout: 'HELLO' }])
  expect(await changeOf('say')).toEqual(change)
})

test('a function whose text changed is replaced in place, the others are not touched', async () => {
  await migrate(sql, functionsOnly({ 'say.sql': says('hello'), 'shout.sql': shout }))
  const [said, shouted] = [await changeOf('say'), await changeOf('shout')]

  await migrate(sql, functionsOnly({ 'say.sql': says('goodbye'), 'shout.sql': shout }))

  expect(await say()).toBe('goodbye')
  expect((await changeOf('say'))[0]?.oid).toBe(said[0]?.oid)
  expect(await changeOf('say')).not.toEqual(said)
  expect(await changeOf('shout')).toEqual(shouted)
})

const form = (parameters: string, result: string, returned: string) =>
  `create or replace function desk.say(${parameters}) returns ${result} language sql return ${returned}`

test.each([
  ['results', form('', 'text', "'hello'::text"), form('', 'integer', '42')],
  ['parameters', form('', 'integer', '1'), form('p_n integer default 42', 'integer', 'p_n')],
  ['parameter names', form('p_n integer default 1', 'text', 'p_n'), form('p_m integer default 42', 'text', 'p_m')],
])('of a function with other %s only the new form stays', async (_what, before, after) => {
  await migrate(sql, functionsOnly({ 'say.sql': before, 'shout.sql': shout }))

  await migrate(sql, functionsOnly({ 'say.sql': after, 'shout.sql': shout }))

  expect(await sql`select desk.say()::text, desk.shout()`).toEqual([{ say: '42', shout: '42' }])
  expect(await listForms()).toHaveLength(2)
})

test('several processes at once apply each file once', { repeats: 9 }, async () => {
  const schema = makeSchema({ migrations: { '001-notes.sql': table }, functions: { 'say.sql': says('hello') } })
  const next = makeSchema({ migrations: { '001-notes.sql': table }, functions: { 'say.sql': says('goodbye') } })
  const together = (plan: Schema) => Promise.all(Array.from({ length: 4 }, () => migrate(sql, plan)))

  await together(schema)
  await together(next)

  expect(await say()).toBe('goodbye')
  expect(await listRecords()).toHaveLength(2)
})

test('a function that PostgreSQL does not take is a problem that names its file, and nothing is half applied', async () => {
  await migrate(sql, functionsOnly({ 'say.sql': says('hello') }))
  const records = await listRecords()
  const broken = makeSchema({
    migrations: { '001-notes.sql': table },
    functions: { 'say.sql': says('goodbye'), 'shout.sql': shout.replace('begin', 'begin retrun') },
  })

  const problem = await migrate(sql, broken).catch(error => error)

  expect(problem).toBeInstanceOf(Problem)
  expect(problem.message).toBe(
    'functions/shout.sql cannot be applied to the database: syntax error at or near "retrun".',
  )
  expect(await say()).toBe('hello')
  expect(await listRecords()).toEqual(records)
  expect(await sql`select to_regclass('desk.notes')`).toEqual([{ to_regclass: null }])
})

test('a migration that PostgreSQL does not take is a problem that names its file', async () => {
  const broken = makeSchema({ migrations: { '001-notes.sql': 'create tabel desk.notes ()' } })

  await expect(migrate(sql, broken)).rejects.toThrow('migrations/001-notes.sql cannot be applied')
})

describe('a database that another version has made is refused', () => {
  beforeEach(() =>
    migrate(sql, makeSchema({ migrations: { '001-notes.sql': table }, functions: { 'say.sql': says('hello') } })),
  )

  test('if a migration that has landed was edited', async () => {
    const edited = makeSchema({ migrations: { '001-notes.sql': `${table} -- edited` } })
    await expect(migrate(sql, edited)).rejects.toThrow('(migration 001-notes.sql differs)')
  })

  test('if it has a migration that is unknown here', async () => {
    await expect(migrate(sql, makeSchema({}))).rejects.toThrow('(migration 001-notes.sql is unknown here)')
  })

  test.each([
    ['another text', { 'say.sql': says('goodbye') }],
    ['no such file', {}],
  ])('if its function is of a later generation and there is %s here', async (_what, functions) => {
    const earlier = makeSchema({ migrations: { '001-notes.sql': table }, functions }, { generation: 0 })
    await expect(migrate(sql, earlier)).rejects.toThrow('(function say.sql is a later one)')
    expect(await say()).toBe('hello')
  })
})

test('a program of an earlier generation starts beside a later one while it has the same functions', async () => {
  await migrate(sql, functionsOnly({ 'say.sql': says('hello') }, { generation: 2 }))
  await migrate(sql, functionsOnly({ 'say.sql': says('hello') }, { generation: 1 }))
  await migrate(sql, functionsOnly({ 'say.sql': says('goodbye') }, { generation: 2 }))

  expect(await say()).toBe('goodbye')
})

test('a file that is gone is forgotten; its function stays until a migration drops it', async () => {
  await migrate(sql, functionsOnly({ 'say.sql': says('hello'), 'shout.sql': shout }))

  await migrate(sql, functionsOnly({ 'say.sql': says('hello') }))
  const left = await listForms()
  await migrate(
    sql,
    makeSchema({
      migrations: { '001-silence.sql': 'drop function if exists desk.shout()' },
      functions: { 'say.sql': says('hello') },
    }),
  )

  expect(left).toEqual(['desk.say()', 'desk.shout()'])
  expect(await listForms()).toEqual(['desk.say()'])
  expect(await listRecords()).toHaveLength(2)
})

test('a database of the time when functions stood in migrations becomes the same as a new one', async () => {
  const old = {
    '001-notes.sql': `${table}\n---\n${says('hello').replace(' or replace', '')}`,
    '002-shout.sql': shout.replace(' or replace', ''),
    '003-more.sql': 'alter table desk.notes add column more text',
    '004-say.sql': says('hello again'),
  }
  const retold = Object.fromEntries(Object.entries(old).map(([name, text]) => [name, checksumOf(text)]))
  const now = makeSchema(
    {
      migrations: { '001-notes.sql': table, '003-more.sql': old['003-more.sql'] },
      functions: { 'say.sql': says('goodbye'), 'shout.sql': shout },
    },
    { retold },
  )
  await migrate(sql, makeSchema({ migrations: old }))
  await sql`insert into desk.notes values ('kept')`

  await migrate(sql, now)
  await migrate(sql, now)

  expect(await sql`select note, more, desk.shout() from desk.notes`).toEqual([
    { note: 'kept', more: null, shout: 'GOODBYE' },
  ])
  expect(await listForms()).toEqual(['desk.say()', 'desk.shout()'])
  await expect(migrate(sql, makeSchema({ migrations: old }))).rejects.toThrow('(migration 001-notes.sql differs)')
})

test('a retold migration with yet another text is refused', async () => {
  await migrate(sql, makeSchema({ migrations: { '001-notes.sql': `${table} -- never landed` } }))
  const now = makeSchema({ migrations: { '001-notes.sql': table } }, { retold: { '001-notes.sql': checksumOf('') } })

  await expect(migrate(sql, now)).rejects.toThrow('(migration 001-notes.sql differs)')
})
