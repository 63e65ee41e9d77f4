import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Sql } from '../../src/database/connect.ts'
import { deskSchema } from '../../src/desk/store/schema.ts'
import { marketSchema } from '../../src/market/store/schema.ts'
import { forms } from '../support/function-forms.ts'
import { cloneDatabase } from '../support/test-market.ts'

let database: Awaited<ReturnType<typeof cloneDatabase>>
let sql: Sql
beforeAll(async () => {
  database = await cloneDatabase()
  sql = connect(database.url, { max: 1, name: 'test' })
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

/** Of the functions that the program calls; those that only functions call are replaced together with them. */
function listCalled({ schema, folder }: typeof marketSchema): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
  const text = files.map(name => readFileSync(new URL(name, folder), 'utf8')).join('\n')
  const names = Array.from(text.matchAll(new RegExp(`\\b${schema}\\.(\\w+)\\(`, 'g')), ([, name]) => name)
  return names.map(name => `${schema}.${name}`)
}

test('functions keep the form in which an earlier program calls them: another form has another name', async () => {
  const called = [marketSchema, deskSchema].flatMap(listCalled)
  const rows = await sql<{ form: string }[]>`
    select p.oid::regprocedure::text || ' returns ' || pg_get_function_result(p.oid) as form from pg_proc p
     where p.pronamespace::regnamespace::text || '.' || p.proname = any(${called}::text[]) order by 1`
  const now = rows.map(({ form }) => form)

  expect(now.filter(form => !forms.includes(form))).toEqual([])
  expect(forms.filter(form => !now.includes(form))).toEqual([])
})
