import { randomUUID } from 'node:crypto'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { findOwner, insertAccount } from '../store/accounts.ts'
import { insertTicket } from '../store/sessions.ts'
import { hashSecret, makeSecret } from './secrets.ts'

const lifeMs = 3 * 24 * 60 * 60 * 1000

type Needs = { sql: Sql; clock: Clock; publicUrl: () => string }

/** A link that signs an account in once, within three days. The ticket is behind the `#`: no server and no log sees it. */
export async function makeLink({ sql, clock, publicUrl }: Needs, accountId: string): Promise<string> {
  const ticket = makeSecret()
  const now = clock.now()
  await insertTicket(sql, { hash: hashSecret(ticket), accountId, now, expiresAt: new Date(now.getTime() + lifeMs) })
  return `${publicUrl()}/desk#ticket=${ticket}`
}

const firstEmail = 'owner@localhost'

/** A link for the owner: who reads what the program prints runs the desk. The first time, it makes the owner. */
export async function makeOwnerLink(needs: Needs, name = 'Owner'): Promise<string> {
  const { sql, clock } = needs
  const first = { accountId: randomUUID(), name, email: firstEmail, role: 'owner', createdAt: clock.now() } as const
  const owner = (await findOwner(sql)) ?? (await insertAccount(sql, first)) ?? (await findOwner(sql))
  if (owner === undefined) throw new TypeError('a desk has an owner: the first one cannot be made and cannot be found')
  return makeLink(needs, owner.accountId)
}
