import { lookup } from 'node:dns/promises'
import { BlockList } from 'node:net'
import { type Clock, codeOf } from '#kit'
import { inspectDatabase, isPublicAddress } from '#market'
import { isDatabaseUrl } from '../../data/check-database-url.ts'
import type { DatabaseFound } from './subject.ts'

type Asked = { databaseUrl: string | undefined; secret: string | undefined; clock: Clock }

export async function findDatabase({ databaseUrl, secret, clock }: Asked): Promise<DatabaseFound> {
  if (databaseUrl === undefined) return { state: 'private' }
  if (!isDatabaseUrl(databaseUrl)) return { state: 'unreadable' }
  const url = new URL(databaseUrl)
  // A name that leads nowhere is told as a database that is away.
  const place = await placeOf(url).catch(() => 'private' as const)
  try {
    const facts = await inspectDatabase({ databaseUrl, secret, clock })
    return { state: 'there', url, place, facts }
  } catch (error) {
    return { state: 'away', url, place, why: reasonOf(error), code: codeOf(error) }
  }
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** The furthest of its addresses counts. A socket is a folder of this machine. */
async function placeOf({ hostname, searchParams }: URL): Promise<'local' | 'private' | 'public'> {
  const host = decodeURIComponent(searchParams.get('host') ?? hostname).replace(/^\[(.*)\]$/, '$1')
  if (host === '' || host.startsWith('/')) return 'local'
  const addresses = await lookup(host, { all: true })
  if (addresses.some(({ address }) => isPublicAddress(address))) return 'public'
  const isLocal = addresses.every(({ address, family }) => loopback.check(address, family === 4 ? 'ipv4' : 'ipv6'))
  return isLocal ? 'local' : 'private'
}

/** The first line: PostgreSQL and the system quote no password in it. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error)
}
