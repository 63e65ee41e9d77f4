import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Problem } from '#kit'
import { lockFolder } from './folder-lock.ts'
import { LockFile } from './lock-file.ts'
import { describeOurselves, type LockOwner, parseOwner } from './lock-owner.ts'
import { openFifo } from './server-fifo.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prilavok-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Enough to see a beat, and soon over when there is none. */
const quick = { lookMs: 10, looks: 20, beatMs: 20 }
const lockIt = () => lockFolder(folder, quick)
const lockPath = () => join(folder, 'lock')

test('a locked folder is refused, with its path and the process that has it', async () => {
  const lock = await lockIt()

  await expect(lockIt()).rejects.toThrow(Problem)
  await expect(lockIt()).rejects.toThrow(
    new RegExp(`^${folder} is in use by process ${process.pid} of ${hostname()} since 2.*: stop that process`),
  )
  lock.release()
})

test('a released folder can be locked again, and releasing leaves nothing behind', async () => {
  ;(await lockIt()).release()
  ;(await lockIt()).release()

  expect(readdirSync(folder)).toEqual([])
})

test('a release leaves the lock of a later owner alone', async () => {
  const lock = await lockIt()
  const later = lockOf({ pid: 1 })
  replaceLock(later)

  lock.release()

  expect(readFileSync(lockPath(), 'utf8')).toBe(later)
})

test.each([
  ['of a process that is gone', () => lockOf({ pid: deadPid() })],
  ['of a process whose id has passed on to this one', () => lockOf({ mark: 'another-mark' })],
  ['of another place whose owner gives no sign of life', () => lockOf({ place: 'elsewhere' })],
  ['that says nothing', () => ''],
])('a lock %s is taken over', async (_, text) => {
  writeFileSync(lockPath(), text())

  const lock = await lockIt()

  expect(parseOwner(readFileSync(lockPath(), 'utf8'))).toMatchObject({ pid: process.pid })
  expect(readdirSync(folder)).toEqual(['lock'])
  lock.release()
})

test('a lock whose remover was killed as well is taken over', async () => {
  writeFileSync(lockPath(), lockOf({ pid: deadPid() }))
  writeFileSync(`${lockPath()}.removal`, lockOf({ pid: deadPid() }))

  const lock = await lockIt()

  expect(readdirSync(folder)).toEqual(['lock'])
  lock.release()
})

test('a lock of another place is refused while its owner beats, though its id is nobody here', async () => {
  const owner = { ...describeOurselves(), pid: deadPid(), place: 'elsewhere', host: 'web-1' }
  const theirs = LockFile.tryCreate(lockPath(), owner)
  const beating = setInterval(() => theirs?.beat(), 20)

  const refused = lockIt()

  await expect(refused).rejects.toThrow(
    new RegExp(`by process ${owner.pid} of web-1 since 2.*, its last sign of life 2.*: stop it there`),
  )
  clearInterval(beating)
  theirs?.release()
})

test('a lock of another place is refused without a beat while a PostgreSQL of it lives', async () => {
  writeFileSync(lockPath(), lockOf({ place: 'elsewhere', host: 'web-1' }))
  const fifo = openFifo(folder) ?? 0

  await expect(lockIt()).rejects.toThrow('of web-1 since')

  closeSync(fifo)
  ;(await lockIt()).release()
})

test('whoever loses its lock to another is told who has it, and does not touch the lock of the other', async () => {
  const lock = await lockIt()
  const lost = new Promise<Problem>(resolve => lock.onLost(resolve))
  const theirs = lockOf({ pid: 7, host: 'web-2' })
  replaceLock(theirs)

  expect((await lost).message).toContain(`${folder} was taken over by process 7 of web-2`)
  expect(() => lock.requireOurs()).toThrow('of web-2')
  expect(readFileSync(lockPath(), 'utf8')).toBe(theirs)
  lock.release()
})

function lockOf(owner: Partial<LockOwner>): string {
  return `${JSON.stringify({ ...describeOurselves(), ...owner })}\n         1 2026-01-01T00:00:00.000Z\n`
}

/** As somebody does who found it stale: the file is another one. */
function replaceLock(text: string): void {
  writeFileSync(`${lockPath()}.theirs`, text)
  renameSync(`${lockPath()}.theirs`, lockPath())
}

test('of many processes that find a stale lock at the same moment exactly one gets the folder', async () => {
  const folders = Array.from({ length: 300 }, (_, index) => join(folder, String(index)))
  for (const each of folders) {
    mkdirSync(each)
    writeFileSync(join(each, 'lock'), lockOf({ pid: 999_999_999 }))
  }
  const rivals = Array.from({ length: 4 }, () => spawnRival(folders, Date.now() + 400))

  const won = await Promise.all(rivals.map(firstLine))
  for (const rival of rivals) rival.kill()

  expect(won.flatMap(line => line.split(' ').filter(Boolean)).sort()).toEqual(folders.sort())
})

function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid
}

/** From the given moment tries to lock each folder, says which ones it got, and stays alive. */
function spawnRival(folders: string[], at: number): ChildProcess {
  const program = `
    import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, 'folder-lock.ts'))}
    const won = []
    while (Date.now() < ${at});
    for (const folder of ${JSON.stringify(folders)}) await lockFolder(folder).then(() => won.push(folder), () => {})
    console.log(won.join(' '))
    setInterval(() => {}, 1000)`
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  let text = ''
  while (stdout && !text.endsWith('\n')) {
    const [more] = await once(stdout, 'data')
    text += String(more)
  }
  return text.trim()
}
