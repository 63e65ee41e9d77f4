import { spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { Problem } from '#kit'

/** Whom PostgreSQL runs as: ourselves, or an unprivileged user when we are root, as whom PostgreSQL refuses to run. */
export type Account = { name: string; uid: number; gid: number }

/** PostgreSQL's programs do not get our environment: PGDATA, PGPORT and the like would change what they do. */
export const quietEnvironment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' }

/** If there are files already, their owner: PostgreSQL serves nobody else's. */
export function findAccount(existingFiles: string | undefined): Account {
  const uid = process.getuid?.() ?? 0
  if (uid !== 0) return { name: ownName(uid), uid, gid: process.getgid?.() ?? uid }
  const accounts = readAccounts()
  const account =
    (existingFiles && ownerOf(existingFiles, accounts)) ||
    accounts.find(({ name }) => name === 'postgres') ||
    accounts.find(({ name }) => name === 'nobody')
  if (!account) {
    throw new Problem('PostgreSQL refuses to run as root, and /etc/passwd has neither postgres nor nobody: add one', {
      kind: 'noAccount',
    })
  }
  refuseIfUnusable(account)
  return account
}

export type Answer = { isYes: boolean; said: string }

/** Runs a program as that account and says how it ended. Asking the system is surer than reading modes of files. */
export function ask(account: Account, program: string, ...args: string[]): Answer {
  const { uid, gid } = account
  const done = spawnSync(program, args, { uid, gid, cwd: '/', env: quietEnvironment, encoding: 'utf8' })
  return { isYes: done.status === 0, said: done.error?.message ?? done.stderr.trim().split('\n')[0] ?? '' }
}

export function canEnter(account: Account, folder: string): boolean {
  return ask(account, '/bin/sh', '-c', 'cd "$0"', folder).isYes
}

/** Whether that account can use a folder of its own inside this one. */
export function canHave(account: Account, parent: string): boolean {
  const probe = mkdtempSync(join(parent, 'probe-'))
  try {
    chownSync(probe, account.uid, account.gid)
    return ask(account, '/bin/sh', '-c', 'cd "$0" && : >probe', probe).isYes
  } catch (error) {
    if (error instanceof Error && 'syscall' in error && error.syscall === 'chown') return false
    throw error
  } finally {
    rmSync(probe, { recursive: true })
  }
}

function refuseIfUnusable(account: Account): void {
  const answer = ask(account, '/bin/sh', '-c', ':')
  if (answer.isYes) return
  throw new Problem(
    `PostgreSQL refuses to run as root, and this root may not start it as ${account.name} (${answer.said}): run as an ordinary user, or give --database-url`,
    { kind: 'rootRefused', facts: { account: account.name, why: answer.said } },
  )
}

function ownerOf(files: string, accounts: Account[]): Account | undefined {
  const { uid, gid } = statSync(files)
  if (uid === 0) return undefined
  return { name: accounts.find(account => account.uid === uid)?.name ?? `user ${uid}`, uid, gid }
}

function ownName(uid: number): string {
  try {
    return userInfo().username
  } catch {
    // A container may run as a user that /etc/passwd does not have.
    return `user ${uid}`
  }
}

function readAccounts(): Account[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}
