import { execFile } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Problem } from '#kit'
import { type Account, quietEnvironment } from './account.ts'
import type { Programs } from './programs.ts'
import { findComplaint, type ServerLog } from './server-log.ts'

export const superuser = 'prilavok'
const majorVersion = '18'
const unfinished = 'cluster.unfinished-'

export function clusterIn(folder: string): string {
  return join(folder, 'cluster')
}

export type ClusterPlan = {
  folder: string
  account: Account
  programs: Programs
  log: ServerLog
  isTemporary: boolean
}

/** Makes the cluster unless it is there, and says whether it did. A cluster has its name only when it is complete. */
export async function ensureCluster(plan: ClusterPlan): Promise<{ isNew: boolean }> {
  removeUnfinished(plan.folder)
  const cluster = clusterIn(plan.folder)
  if (existsSync(cluster)) {
    refuseOtherVersion(cluster)
    return { isNew: false }
  }
  const making = mkdtempSync(join(plan.folder, unfinished))
  chownSync(making, plan.account.uid, plan.account.gid)
  await runInitdb(making, plan)
  renameSync(making, cluster)
  saveNames(plan.folder)
  return { isNew: true }
}

// C.UTF-8: sorts the same on every machine, and unlike C knows the upper and lower case of Cyrillic.
const localeOptions = ['--no-locale', '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']

/** Linux writes a whole file system to the disk at once; file by file takes up to half of initdb's time. */
function syncOptions(isTemporary: boolean): string[] {
  if (isTemporary) return ['--no-sync']
  return process.platform === 'linux' ? ['--sync-method=syncfs'] : []
}

async function runInitdb(making: string, { account, programs, log, folder, isTemporary }: ClusterPlan): Promise<void> {
  const args = [
    '--pgdata',
    making,
    '--username',
    superuser,
    '--auth=trust',
    ...localeOptions,
    ...syncOptions(isTemporary),
  ]
  const { uid, gid } = account
  try {
    await promisify(execFile)(programs.initdb, args, { uid, gid, cwd: '/', env: quietEnvironment })
  } catch (cause) {
    rmSync(making, { recursive: true, force: true })
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause)
    writeSync(log.fd, said)
    const complaint = findComplaint(said) ?? 'initdb said nothing'
    throw new Problem(
      `Cannot create PostgreSQL's files in ${folder}: ${complaint}: mend that, or give --database-url (more in ${log.path})`,
      { cause, kind: 'clusterNotMade', facts: { folder, why: complaint, log: log.path } },
    )
  }
}

function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder).filter(entry => entry.startsWith(unfinished))) {
    rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 5 })
  }
}

function refuseOtherVersion(cluster: string): void {
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (version === majorVersion) return
  throw new Problem(
    `${cluster} was made by PostgreSQL ${version}, and this is ${majorVersion}: give another data folder, or run that version and give --database-url`,
    { kind: 'otherPostgres', facts: { folder: cluster, version, ours: majorVersion } },
  )
}

/** Without this a power cut could undo the rename; then the next start would remove the data as unfinished. */
function saveNames(folder: string): void {
  const fd = openSync(folder, 'r')
  fsyncSync(fd)
  closeSync(fd)
}
