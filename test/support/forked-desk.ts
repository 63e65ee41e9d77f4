import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OutboxMoment } from '#desk'
import { whenOver } from './run-context.ts'

export type ForkedDesk = { process: ChildProcess; url: string; ended: Promise<unknown> }

/** Where a desk ends by itself: in the outbox, or around its n-th call of a path of the market. */
export type DeskEnd = { moment: OutboxMoment } | { path: string; number: number; when: 'before' | 'after' }

export type DeskStart = {
  databaseUrl: string
  filesFolder: string
  end?: DeskEnd
  signal: 'SIGKILL' | 'SIGSTOP'
  leaseTtlMs: number
  settleWaitsMs?: number[]
}

type Options = Pick<DeskStart, 'databaseUrl'> & Partial<Omit<DeskStart, 'filesFolder'>>

/** A desk in a process of its own. It is killed when the test is over, at the latest. */
export async function forkDesk({ databaseUrl, end, ...options }: Options): Promise<ForkedDesk> {
  const filesFolder = mkdtempSync(join(tmpdir(), 'prilavok-desk-'))
  const { signal = 'SIGKILL', leaseTtlMs = 900, settleWaitsMs } = options
  const start = { databaseUrl, filesFolder, end, signal, leaseTtlMs, settleWaitsMs }
  const child = fork(join(import.meta.dirname, 'hold-desk.ts'), [JSON.stringify(start)])
  const ended = once(child, 'exit')
  whenOver(async () => {
    child.kill('SIGKILL')
    await ended
    rmSync(filesFolder, { recursive: true, force: true })
  })
  // It may end by itself before it has said where it is.
  const [url = ''] = (await Promise.race([once(child, 'message'), ended.then(() => [])])) as [string?] // it says nothing else
  if (url === '' && end === undefined) throw new Error('the desk has ended before it was started')
  return { process: child, url, ended }
}
