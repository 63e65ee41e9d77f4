import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OutboxMoment } from '#desk'
import { whenOver } from './run-context.ts'

export type ForkedDesk = { process: ChildProcess; url: string; ended: Promise<unknown> }

type Options = {
  databaseUrl: string
  /** Where in the outbox it gets the signal. */
  endAt?: OutboxMoment
  signal?: 'SIGKILL' | 'SIGSTOP'
}

/** A desk in a process of its own. It is killed when the test is over, at the latest. */
export async function forkDesk({ databaseUrl, endAt, signal = 'SIGKILL' }: Options): Promise<ForkedDesk> {
  const filesFolder = mkdtempSync(join(tmpdir(), 'prilavok-desk-'))
  const program = join(import.meta.dirname, 'hold-desk.ts')
  const child = fork(program, [databaseUrl, filesFolder, endAt ?? '', signal])
  const ended = once(child, 'exit')
  whenOver(async () => {
    child.kill('SIGKILL')
    await ended
    rmSync(filesFolder, { recursive: true, force: true })
  })
  const [url] = await Promise.race([once(child, 'message'), ended.then(failed)])
  return { process: child, url, ended }
}

function failed(): never {
  throw new Error('the desk has ended before it was started')
}
