import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { deskSchema } from '../src/desk/store/schema.ts'
import { marketSchema } from '../src/market/store/schema.ts'
import { findNarrowing } from './support/narrowing.ts'

/** Those that take something away, and why no program misses it. */
const judged: Record<string, string> = {
  'market 010-notifications.sql': 'before the first release: the columns of the first draft of deliveries',
}

const list = ({ schema, folder }: typeof marketSchema) =>
  readdirSync(new URL('migrations/', folder)).map(name => ({
    name: `${schema} ${name}`,
    text: readFileSync(new URL(`migrations/${name}`, folder), 'utf8'),
  }))

test('migrations only add: an earlier program works on while its processes are replaced one by one', () => {
  const narrowing = [marketSchema, deskSchema]
    .flatMap(list)
    .map(({ name, text }) => ({ name, found: findNarrowing(text) }))
    .filter(({ found }) => found.length > 0)

  expect(narrowing.filter(({ name }) => !(name in judged))).toEqual([])
  expect(narrowing.map(({ name }) => name)).toEqual(Object.keys(judged))
})

test.each([
  ['alter table market.chats drop column status', 'removes what an earlier program uses'],
  ['drop function market.take_ids(integer)', 'removes what an earlier program uses'],
  ['alter table market.chats alter column status drop default', 'removes what an earlier program uses'],
  ['delete from market.orders where test', 'removes rows'],
  ['alter table market.chats rename column status to state', 'renames'],
  ['alter table market.chats alter column status set data type integer', 'changes a type'],
  ['alter table market.chats alter column note set not null', 'demands what an earlier program does not write'],
  ['alter table market.chats add check (status <> 0)', 'demands it of rows that are there'],
  [
    'alter table market.chats add column note text, add column kind text not null',
    'adds a column that must be written',
  ],
  ['create unique index one_note on market.chats (lane, note)', 'makes unique what was not'],
])('%s: %s', (statement, what) => {
  expect(findNarrowing(`-- A comment drops nothing\n${statement}`)).toEqual([expect.stringContaining(what)])
})

test.each([
  'create table market.notes (lane smallint not null, note text)\n---\ncreate unique index one_note on market.notes (note)',
  "alter table market.chats add column kind text not null default 'usual' check (kind in ('usual', 'other')), add column note text",
  'alter table market.chats alter column note drop not null',
  'drop index market.chats_by_state',
  'update market.chats set note = null -- drop table',
])('takes nothing away: %s', text => {
  expect(findNarrowing(text)).toEqual([])
})
