import type { Queries, Sql } from '#database'

export type Role = 'owner' | 'operator' | 'viewer'
export type AccountData = {
  accountId: string
  name: string
  email: string
  role: Role
  isDisabled: boolean
  hasPassword: boolean
  createdAt: Date
}

const columns = (sql: Queries) => sql`
  a.account_id as "accountId", a.name, a.email, a.role, a.is_disabled as "isDisabled",
  a.password is not null as "hasPassword", a.created_at as "createdAt"`

export async function listAccounts(sql: Queries): Promise<(AccountData & { seenAt: Date | null })[]> {
  return sql<(AccountData & { seenAt: Date | null })[]>`
    select ${columns(sql)},
           (select max(s.seen_at) from desk.sessions s where s.account_id = a.account_id) as "seenAt"
      from desk.accounts a order by a.created_at, a.account_id`
}

/** Undefined if somebody has this address. */
export async function insertAccount(
  sql: Queries,
  account: Pick<AccountData, 'accountId' | 'name' | 'email' | 'role' | 'createdAt'>,
): Promise<AccountData | undefined> {
  const { accountId, name, email, role, createdAt } = account
  const [made] = await sql<AccountData[]>`
    insert into desk.accounts as a (account_id, name, email, role, created_at)
    values (${accountId}, ${name}, ${email}, ${role}, ${createdAt})
    on conflict ((lower(email))) do nothing returning ${columns(sql)}`
  return made
}

export async function findAccount(sql: Queries, accountId: string): Promise<AccountData | undefined> {
  const [account] = await sql<AccountData[]>`
    select ${columns(sql)} from desk.accounts a where a.account_id = ${accountId}`
  return account
}

/** By an address, with the password's hash. Who is disabled is not found. */
export async function findSigningIn(
  sql: Queries,
  email: string,
): Promise<{ accountId: string; password: string | null } | undefined> {
  const [account] = await sql<{ accountId: string; password: string | null }[]>`
    select account_id as "accountId", password from desk.accounts
     where lower(email) = lower(${email}) and not is_disabled`
  return account
}

export async function readPassword(sql: Queries, accountId: string): Promise<string | null> {
  const [row] = await sql<{ password: string | null }[]>`
    select password from desk.accounts where account_id = ${accountId}`
  return row?.password ?? null
}

export async function writePassword(sql: Queries, accountId: string, password: string): Promise<void> {
  await sql`
    update desk.accounts set password = ${password} where account_id = ${accountId}`
}

export type AccountChange = { role?: Role | undefined; isDisabled?: boolean | undefined }
type Changed = 'unknown' | 'last owner' | AccountData

/** The last owner who may sign in stays one. Who is disabled has no session and no link any more. */
export function changeAccount(sql: Sql, accountId: string, { role, isDisabled }: AccountChange): Promise<Changed> {
  return sql.begin(async transaction => {
    // Two owners who demote each other wait here.
    await transaction`lock table desk.accounts in share row exclusive mode`
    const known = await findAccount(transaction, accountId)
    if (!known) return 'unknown'
    const next = { role: role ?? known.role, isDisabled: isDisabled ?? known.isDisabled }
    if (isWorkingOwner(known) && !isWorkingOwner(next) && (await countOwners(transaction)) < 2) return 'last owner'
    const [changed] = await transaction<AccountData[]>`
      update desk.accounts a set role = ${next.role}, is_disabled = ${next.isDisabled}
       where a.account_id = ${accountId} returning ${columns(transaction)}`
    if (next.isDisabled) {
      await transaction`delete from desk.sessions where account_id = ${accountId}`
      await transaction`delete from desk.tickets where account_id = ${accountId}`
    }
    return changed ?? 'unknown'
  })
}

const isWorkingOwner = ({ role, isDisabled }: { role: Role; isDisabled: boolean }) => role === 'owner' && !isDisabled

async function countOwners(sql: Queries): Promise<number> {
  const owners = await sql`
    select from desk.accounts where role = 'owner' and not is_disabled`
  return owners.count
}

/** The first owner who may sign in. */
export async function findOwner(sql: Queries): Promise<AccountData | undefined> {
  const [owner] = await sql<AccountData[]>`
    select ${columns(sql)} from desk.accounts a where a.role = 'owner' and not a.is_disabled
     order by a.created_at, a.account_id limit 1`
  return owner
}

/** False if somebody else has the address. */
export async function renameAccount(
  sql: Queries,
  accountId: string,
  { name, email }: { name?: string | undefined; email?: string | undefined },
): Promise<boolean> {
  const { count } = await sql`
    update desk.accounts set name = coalesce(${name ?? null}, name), email = coalesce(${email ?? null}, email)
     where account_id = ${accountId} and not exists (
       select from desk.accounts o where lower(o.email) = lower(${email ?? null}) and o.account_id <> ${accountId})`
  return count > 0
}

/** What people are called, by their accounts. */
export async function namesOf(sql: Queries, accountIds: readonly string[]): Promise<Map<string, string>> {
  if (accountIds.length === 0) return new Map()
  const rows = await sql<{ accountId: string; name: string }[]>`
    select account_id as "accountId", name from desk.accounts where account_id = any(${[...accountIds]}::text[])`
  return new Map(rows.map(({ accountId, name }) => [accountId, name]))
}
