import { describe, expect, test } from 'vitest'
import { keysOf } from '#contract'
import type { DatabaseFacts } from '#market'
import type { ServeFlags } from '../serve/serve.ts'
import { textsOf } from '../texts/index.ts'
import { type CheckName, checks } from './checks.ts'
import type { DatabaseFound, Subject } from './facts/subject.ts'
import type { Verdict } from './looks/look.ts'

const flags: ServeFlags = {
  host: '0.0.0.0',
  port: 8080,
  metricsPort: 9090,
  data: '/srv/market',
  parallelLimit: 4,
  rateLimits: true,
  seed: 1,
  logLevel: 'warn',
}

const facts: DatabaseFacts = {
  version: 160_004,
  switchedOff: [],
  isReplica: false,
  isSuperuser: false,
  mayCreate: true,
  encoding: 'UTF8',
  connectionsAllowed: 97,
  isEncrypted: true,
  cacheBytes: 128 * 1024 ** 2,
  databaseBytes: 512 * 1024 ** 2,
  clockAheadMs: 12,
  connectionsOfProcess: 23,
  isOthers: false,
}

const reached = {
  state: 'there',
  url: new URL('postgres://chats:Ohth5aeP1ohb@db.example.net/market'),
  place: 'private',
  facts,
} satisfies DatabaseFound

const sound: Subject = {
  flags,
  database: reached,
  secret: { value: 'eihei7zeiY3oochaiJahng', from: 'file', path: '/srv/market/secret', isOpenToOthers: false },
  files: { state: 'folder', path: '/srv/market/files' },
  address: { state: 'trusted', daysLeft: 60 },
  machine: { isRoot: false, openFiles: 65_536, freeBytes: 50 * 1024 ** 3, allBytes: 100 * 1024 ** 3 },
}

const away = { state: 'away', url: reached.url, place: 'private', why: 'ECONNREFUSED' } satisfies DatabaseFound
const withFlags = (changed: Partial<ServeFlags>): Partial<Subject> => ({ flags: { ...flags, ...changed } })
const withFacts = (changed: Partial<DatabaseFacts>): Partial<Subject> => ({
  database: { ...reached, facts: { ...facts, ...changed } },
})
const at = (place: 'local' | 'private' | 'public', url: string, isEncrypted = true): Partial<Subject> => ({
  database: { ...reached, place, url: new URL(url), facts: { ...facts, isEncrypted } },
})
const withSecret = (changed: Partial<Subject['secret']>): Partial<Subject> => ({
  secret: { ...sound.secret, ...changed },
})
const onMachine = (changed: Partial<Subject['machine']>): Partial<Subject> => ({
  machine: { ...sound.machine, ...changed },
})
const inBucket = (kind: 'unreadable' | 'noKeys' | 'away' | 'refused'): Partial<Subject> => ({
  files: { state: 'bucket', url: 'https://s3.example/market', trouble: { kind, why: 'ECONNREFUSED' } },
})
const password = (text: string) => `postgres://chats:${text}@db.example.net/market`

type Row = [what: string, changed: Partial<Subject>, verdict: Verdict | undefined]

/** What each check makes of what it may find; the first row of each is what it is content with. */
const table: Record<CheckName, Row[]> = {
  database: [
    ['it answers', {}, 'good'],
    ['none is named', { database: { state: 'private' } }, 'warning'],
    ['its URL is none', { database: { state: 'unreadable' } }, 'error'],
    ['it is away', { database: away }, 'error'],
    ['it refuses the role', { database: { ...away, code: '42501' } }, 'error'],
    ['it is a replica', withFacts({ isReplica: true }), 'error'],
    ['another market has used it', withFacts({ isOthers: true }), 'error'],
  ],
  version: [
    ['PostgreSQL 15', withFacts({ version: 150_000 }), 'good'],
    ['PostgreSQL 14', withFacts({ version: 140_019 }), 'error'],
    ['what is away has none', { database: away }, undefined],
  ],
  durability: [
    ['nothing is off', {}, 'good'],
    ['fsync is off', withFacts({ switchedOff: ['fsync'] }), 'error'],
    ['full_page_writes is off', withFacts({ switchedOff: ['full_page_writes'] }), 'error'],
  ],
  role: [
    ['may make schemas', {}, 'good'],
    ['may not', withFacts({ mayCreate: false }), 'error'],
    ['superuser', withFacts({ isSuperuser: true }), 'warning'],
  ],
  encoding: [
    ['UTF8', {}, 'good'],
    ['LATIN1', withFacts({ encoding: 'LATIN1' }), 'error'],
  ],
  connections: [
    ['two processes fit', withFacts({ connectionsAllowed: 46 }), 'good'],
    ['one fits', withFacts({ connectionsAllowed: 45 }), 'warning'],
    ['none fits', withFacts({ connectionsAllowed: 22 }), 'error'],
  ],
  cache: [
    ['holds a quarter of the database', {}, 'good'],
    ['holds less', withFacts({ databaseBytes: 513 * 1024 ** 2 }), 'warning'],
    ['is large', withFacts({ cacheBytes: 1024 ** 3, databaseBytes: 900 * 1024 ** 3 }), 'good'],
  ],
  clock: [
    ['they agree', withFacts({ clockAheadMs: -999 }), 'good'],
    ['ahead by two seconds', withFacts({ clockAheadMs: 2_000 }), 'warning'],
    ['behind by eleven', withFacts({ clockAheadMs: -11_000 }), 'error'],
  ],
  databaseTls: [
    ['encrypted', {}, 'good'],
    ['on this machine', at('local', 'postgres://chats@localhost/market', false), 'good'],
    ['in the clear in a private network', at('private', 'postgres://chats@10.0.0.5/market', false), 'warning'],
    ['in the clear across the internet', at('public', 'postgres://chats@db.example/market', false), 'error'],
    ['not verified', at('private', 'postgres://chats@db/market?sslmode=no-verify'), 'warning'],
    [
      'not verified, as libpq has it',
      at('private', 'postgres://chats@db/market?uselibpqcompat=true&sslmode=require'),
      'warning',
    ],
  ],
  databasePassword: [
    ['by chance', {}, 'good'],
    ['none', at('private', 'postgres://chats@db/market'), 'good'],
    ['of an example', at('private', password('change-me')), 'error'],
    ['the name of the role', at('private', password('chats')), 'error'],
    ['on this machine alone', at('local', password('postgres')), 'warning'],
    ['of a database that is away', { database: { ...away, url: new URL(password('change-me')) } }, 'error'],
    ['of none', { database: { state: 'private' } }, undefined],
  ],
  secret: [
    ['in a file', {}, 'good'],
    ['none yet', withSecret({ value: undefined }), 'warning'],
    ['short', withSecret({ value: 'eihei7zeiY3oochaiJa' }), 'error'],
    ['of an example', withSecret({ value: 'replace-me-with-a-long-secret' }), 'error'],
    ['of one character', withSecret({ value: 'x'.repeat(40) }), 'error'],
    ['a file open to others', withSecret({ isOpenToOthers: true }), 'error'],
  ],
  trial: [
    ['nothing of it', {}, 'good'],
    ['the lab', withFlags({ lab: true }), 'error'],
    ['the demo', withFlags({ demo: true }), 'error'],
    ['both', withFlags({ lab: true, demo: true }), 'error'],
  ],
  limits: [
    ['as they are', {}, 'good'],
    ['lifted', withFlags({ rateLimits: false }), 'warning'],
    ['no parallel limit', withFlags({ parallelLimit: 0 }), 'warning'],
  ],
  publicUrl: [
    ['trusted', {}, 'good'],
    ['trusted for a few days', { address: { state: 'trusted', daysLeft: 13 } }, 'warning'],
    ['expired', { address: { state: 'untrusted', why: 'CERT_HAS_EXPIRED' } }, 'error'],
    ['away', { address: { state: 'away', why: 'ECONNREFUSED' } }, 'warning'],
    ['http:', { address: { state: 'plain' } }, 'error'],
    ['none, for others', { address: { state: 'none' } }, 'error'],
    ['none, on this machine', { ...withFlags({ host: '127.0.0.1' }), address: { state: 'none' } }, 'warning'],
  ],
  webhooks: [
    ['public ones', {}, 'good'],
    ['private ones too', withFlags({ allowPrivateWebhooks: true }), 'error'],
  ],
  metrics: [
    ['apart', {}, 'good'],
    ['at the public port', { flags: omit('metricsPort') }, 'warning'],
    ['on this machine', { flags: { ...omit('metricsPort'), host: '::1' } }, 'good'],
  ],
  files: [
    ['a folder', {}, 'good'],
    ['a folder of another account', { files: { state: 'folder', path: '/srv', code: 'EACCES' } }, 'error'],
    ['a bucket', { files: { state: 'bucket', url: 'https://s3.example/market' } }, 'good'],
    ['a bucket that is no URL', inBucket('unreadable'), 'error'],
    ['a bucket without keys', inBucket('noKeys'), 'error'],
    ['a bucket that is away', inBucket('away'), 'error'],
    ['a bucket that refuses the keys', inBucket('refused'), 'error'],
  ],
  disk: [
    ['room', {}, 'good'],
    ['nine GiB', onMachine({ freeBytes: 9 * 1024 ** 3 }), 'warning'],
    ['a bit', onMachine({ freeBytes: 1024 ** 3 - 1 }), 'error'],
  ],
  openFiles: [
    ['many', {}, 'good'],
    ['unlimited', onMachine({ openFiles: Number.POSITIVE_INFINITY }), 'good'],
    ['some', onMachine({ openFiles: 4_096 }), 'warning'],
    ['as in a login shell', onMachine({ openFiles: 1_024 }), 'error'],
    ['not told', onMachine({ openFiles: undefined }), undefined],
  ],
  account: [
    ['its own', {}, 'good'],
    ['root', onMachine({ isRoot: true }), 'warning'],
  ],
}

function omit(name: 'metricsPort'): ServeFlags {
  const { [name]: _left, ...rest } = flags
  return rest
}

test('a bucket without keys is told which variables are lacking', () => {
  const finding = checks.files({ ...sound, ...inBucket('noKeys') }, textsOf('en').check)
  expect(finding?.fix).toContain('AWS_ACCESS_KEY_ID')
})

test('a role that may not use what is there is told who must own it, and not to look at the network', () => {
  const forbidden = { ...sound, database: { ...away, why: 'permission denied for schema market', code: '42501' } }
  const fixes = (['en', 'ru'] as const).map(language => checks.database(forbidden, textsOf(language).check)?.fix)

  for (const fix of fixes) {
    expect(fix).toContain('--role')
    expect(fix).not.toContain('pg_hba.conf')
  }
})

test('of the lab and the demo both are told', () => {
  const finding = checks.trial({ ...sound, ...withFlags({ lab: true, demo: true }) }, textsOf('en').check)

  expect(finding?.told).toMatch(/--lab: .*; --demo: /)
  expect(finding?.fix).toMatch(/Leave --lab .* Leave --demo /)
})

describe.each(keysOf(checks))('%s', name => {
  test.each(table[name])('%s', (_what, changed, verdict) => {
    const findings = (['en', 'ru'] as const).map(language =>
      checks[name]({ ...sound, ...changed }, textsOf(language).check),
    )

    expect(findings.map(finding => finding?.verdict)).toEqual([verdict, verdict])
    for (const finding of findings)
      expect(finding?.fix !== undefined).toBe(verdict === 'warning' || verdict === 'error')
  })
})
