import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { chatStatuses, notificationTypes, operations } from '#contract'
import { arrowsInDesk, arrowsInMarket } from './support/arrows.ts'

const root = join(import.meta.dirname, '..')

/** Who may import whom. cli/ brings all together, as do test/ and bench/. */
const doors: Record<string, readonly string[]> = {
  contract: [],
  kit: [],
  database: ['kit'],
  serving: ['contract', 'kit'],
  market: ['contract', 'kit', 'database', 'serving'],
  client: ['contract'],
  desk: ['contract', 'client', 'kit', 'database', 'serving'],
  conformance: ['contract', 'kit'],
  web: ['contract', 'market-protocol', 'desk-protocol'],
  testing: ['contract', 'kit', 'database', 'market'],
  cli: ['contract', 'kit', 'database', 'market', 'client', 'desk', 'conformance'],
}

/** What is below the APIs refuses by values: it knows no HTTP. */
const withoutHttp: Record<string, readonly string[]> = {
  market: ['store', 'live', 'chats', 'keys', 'limits', 'notify', 'demo'],
  desk: ['store', 'live', 'cabinets', 'mirror', 'outbox', 'files', 'orders', 'inbox'],
}

/** What the server room may know of the wire: how an operation is declared and read, never what one of them says. */
const toolsOfContract = [
  'bodyMaxBytes',
  'decode',
  'headers',
  'Issue',
  'OpenApiInfo',
  'openApiDocument',
  'Operation',
  'noteUnknown',
  'parseInt64',
  'parseJson',
  'Schema',
  'formatSize',
  'Static',
  'TObject',
  'TSchema',
  'Type',
  'UnknownNames',
]

type Source = { path: string; room: string; text: string }

const sources: Source[] = globSync('src/**/*.{ts,tsx}', { cwd: root })
  .filter(path => !path.includes('.test.'))
  .map(path => ({ path, room: path.split('/')[1] ?? '', text: readFileSync(join(root, path), 'utf8') }))

function importsOf({ text }: Source): string[] {
  return Array.from(text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g), match => match[1] ?? '')
}

function wrongImports(source: Source): string[] {
  const allowed = doors[source.room]
  if (allowed === undefined) return [`${source.path}: src/${source.room} is no room of this house`]
  const depth = source.path.split('/').length - 3
  return importsOf(source)
    .filter(name => {
      if (name.startsWith('#')) return name.includes('/') || !allowed.includes(name.slice(1))
      const climbs = /^(?:\.\.\/)+/.exec(name)?.[0].length ?? 0
      return climbs / 3 > depth && !name.endsWith('package.json')
    })
    .map(name => `${source.path} imports ${name}`)
}

test('every import goes through an allowed door', () => {
  expect(sources.length).toBeGreaterThan(50)
  expect(sources.flatMap(wrongImports)).toEqual([])
})

/** What each room with folders says of their arrows. */
const arrows: Record<string, Record<string, readonly string[]>> = { market: arrowsInMarket, desk: arrowsInDesk }

/** Wrong arrows between the folders of a room. */
function wrongArrows(source: Source): string[] {
  const [, , folder = '', ...rest] = source.path.split('/')
  const table = arrows[source.room]
  if (table === undefined || rest.length === 0) return []
  const allowed = table[folder]
  if (allowed === undefined) return [`${source.path}: ${source.room}/${folder} is in no row of the table of arrows`]
  return importsOf(source)
    .filter(name => {
      if (name === '#serving') return withoutHttp[source.room]?.includes(folder)
      const [room, target, ...file] = relative('src', join(dirname(source.path), name)).split('/')
      if (!name.startsWith('.') || room !== source.room || target === folder) return false
      return file.length === 0 || target === undefined || !allowed.includes(target)
    })
    .map(name => `${source.path} imports ${name}`)
}

test('inside the market every arrow goes down', () => {
  const inMarket = (path: string, text: string): Source => ({ path: `src/market/${path}`, room: 'market', text })
  const offenders = [
    inMarket('store/x.ts', "import { a } from '../chats/postbox.ts'"),
    inMarket('chats/x.ts', "import { problems } from '#serving'"),
    inMarket('notify/x.ts', "import { a } from '../market.ts'"),
    inMarket('admin/chats/x.ts', "import { a } from '../../lab/lab.ts'"),
    inMarket('drawer/x.ts', ''),
  ]

  expect(sources.flatMap(wrongArrows)).toEqual([])
  expect(offenders.flatMap(wrongArrows)).toHaveLength(offenders.length)
})

test('inside the desk every arrow goes down too', () => {
  const inDesk = (path: string, text: string): Source => ({ path: `src/desk/${path}`, room: 'desk', text })
  const offenders = [
    inDesk('store/x.ts', "import { a } from '../cabinets/cabinets.ts'"),
    inDesk('mirror/x.ts', "import { a } from '../outbox/outbox.ts'"),
    inDesk('outbox/x.ts', "import { problems } from '#serving'"),
    inDesk('inbox/x.ts', "import { a } from '../desk.ts'"),
    inDesk('drawer/x.ts', ''),
  ]

  expect(offenders.flatMap(wrongArrows)).toHaveLength(offenders.length)
})

/** What serving takes from the contract besides its tools. */
function wordsOfTheWire({ path, room, text }: Source): string[] {
  if (room !== 'serving') return []
  const imports = Array.from(text.matchAll(/import (?:type )?\{([^}]*)\} from '#contract'/g), match => match[1] ?? '')
  return imports
    .flatMap(names => names.split(',').map(name => name.replace(/^\s*type /, '').trim()))
    .filter(name => name !== '' && !toolsOfContract.includes(name))
    .map(name => `${path} knows ${name}`)
}

test('the server room knows no word of the wire', () => {
  const offender = { path: 'src/serving/x.ts', room: 'serving', text: "import { decode, refusals } from '#contract'" }

  expect(sources.flatMap(wordsOfTheWire)).toEqual([])
  expect(wordsOfTheWire(offender)).toEqual(['src/serving/x.ts knows refusals'])
})

/** The imports of protocols by which more than types would come along. */
function protocolsAtRunTime({ path, text }: Source): string[] {
  const imports = text.match(/(?:import|export)\b[^;'"]*['"]#[a-z]+-protocol['"]/g) ?? []
  return imports.filter(found => !/^(?:import|export)\s+type\b/.test(found)).map(found => `${path}: ${found}`)
}

test('of a protocol only types are imported', () => {
  const offenders: Source[] = [
    { path: 'src/web/x.ts', room: 'web', text: "import { a } from '#market-protocol'" },
    { path: 'src/web/x.ts', room: 'web', text: "const a = await import('#market-protocol')" },
    { path: 'src/web/x.ts', room: 'web', text: "import '#market-protocol'" },
    { path: 'src/web/x.ts', room: 'web', text: "export * from '#market-protocol'" },
  ]
  const decent = { path: 'src/web/x.ts', room: 'web', text: "import type { AdminApi } from '#market-protocol'" }

  expect(sources.flatMap(protocolsAtRunTime)).toEqual([])
  expect(offenders.flatMap(protocolsAtRunTime)).toHaveLength(offenders.length)
  expect(protocolsAtRunTime(decent)).toEqual([])
})

/** Whoever imports TypeBox: its builders are four hundred files, which each start of the command line would load. */
const importersOfTypeBox = (all: Source[]) =>
  all.filter(source => importsOf(source).includes('typebox')).map(({ path }) => path)

test('TypeBox is imported at one place, for its types', () => {
  const offender: Source = { path: 'src/cli/x.ts', room: 'cli', text: "import { Type } from 'typebox'" }

  expect(importersOfTypeBox(sources)).toEqual(['src/contract/type.ts'])
  expect(importersOfTypeBox([offender])).toHaveLength(1)
})

test('a wrong arrow, a way around a door and an unknown room are found', () => {
  const offenders: Source[] = [
    { path: 'src/contract/x.ts', room: 'contract', text: "import { a } from '#kit'" },
    { path: 'src/market/chats/x.ts', room: 'market', text: "import { a } from '../../contract/ids.ts'" },
    { path: 'src/market/x.ts', room: 'market', text: "import { a } from '#contract/ids.ts'" },
    { path: 'src/utils/x.ts', room: 'utils', text: '' },
  ]
  expect(offenders.flatMap(wrongImports)).toHaveLength(offenders.length)
})

const publishedNames = [
  ...chatStatuses.filter(name => name.includes('_')),
  ...notificationTypes.filter(name => name.includes('_')),
  ...Object.values(operations).map(({ path }) => path.replace(/^.*\}(?=\/)/, '')),
]

/** What a shop's programmer reads, in its editor too: types alone. src/client/calls/from-wire.test.ts holds them to the contract. */
const publishedTypes = ['src/client/types.ts', 'src/testing/types.ts']

test('a published name is spelled in the contract alone', () => {
  const spelled = sources
    .filter(({ room, path }) => room !== 'contract' && !publishedTypes.includes(path))
    .flatMap(({ path, text }) =>
      publishedNames
        .filter(name => name.length > '/orders'.length && text.includes(name))
        .map(name => `${path}: ${name}`),
    )
  const runs = sources
    .find(({ path }) => path === publishedTypes[0])
    ?.text.match(/^(?:export )?(?:const|let|function|class|enum) .*/gm)

  expect(publishedNames).toContain('/chats/history')
  expect(runs ?? []).toEqual([])
  expect(spelled).toEqual([])
})

const tenantTables =
  /\b(?:from|join|into|update)\s+market\.(?:orders|returns|chats|messages|subscriptions|deliveries|hourly_hits|requests)\b/

/** The queries of a tenant's rows that do not say in which lane to look. */
function lanelessQueries({ path, text }: Pick<Source, 'path' | 'text'>): string[] {
  const queries = text.split(/\bsql(?:<.*?>)?`\n/).slice(1)
  return queries
    .map(query => query.split(/`\n/)[0] ?? '')
    .filter(query => tenantTables.test(query) && !/\blane\b|ofChat/.test(query))
    .map(query => `${path}: ${query.trim()}`)
}

test('every query of a tenant names its lane', () => {
  const store = sources.filter(({ path }) => path.startsWith('src/market/store/'))
  const careless = { path: 'x.ts', text: 'sql<Row[]>`\n  select from market.chats where chat_id = 1`\n' }

  expect(store.flatMap(lanelessQueries)).toEqual([])
  expect(lanelessQueries(careless)).toHaveLength(1)
})
