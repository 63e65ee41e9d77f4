import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Problem } from '#kit'
import { lockFolder } from './folder-lock.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prilavok-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a locked folder is refused, with its path and the process that has it', () => {
  lockFolder(folder)

  expect(() => lockFolder(folder)).toThrow(Problem)
  expect(() => lockFolder(folder)).toThrow(`${folder} is in use by process ${process.pid}: stop that process`)
})

test('a released folder can be locked again, and releasing leaves nothing behind', () => {
  lockFolder(folder).release()
  lockFolder(folder).release()

  expect(readdirSync(folder)).toEqual([])
})

test('a release leaves the lock of a later owner alone', () => {
  const lock = lockFolder(folder)
  const later = '1 later-owner\n'
  writeFileSync(join(folder, 'lock'), later)

  lock.release()

  expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(later)
})

test.each([
  ['of a process that is gone', () => `${deadPid()} some-mark\n`],
  ['of a process whose id has passed on to this one', () => `${process.pid} another-mark\n`],
  ['that says nothing', () => ''],
])('a lock %s is taken over', (_, text) => {
  writeFileSync(join(folder, 'lock'), text())

  lockFolder(folder)

  expect(readFileSync(join(folder, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} \\S+\\n$`))
  expect(readdirSync(folder)).toEqual(['lock'])
})

test('a lock whose remover was killed as well is taken over', () => {
  writeFileSync(join(folder, 'lock'), `${deadPid()} some-mark\n`)
  writeFileSync(join(folder, 'lock.removal'), `${deadPid()} some-mark\n`)

  lockFolder(folder)

  expect(readdirSync(folder)).toEqual(['lock'])
})

test('of many processes that find a stale lock at the same moment exactly one gets the folder', async () => {
  const folders = Array.from({ length: 300 }, (_, index) => join(folder, String(index)))
  for (const each of folders) {
    mkdirSync(each)
    writeFileSync(join(each, 'lock'), '999999999 some-mark\n')
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
    const tryLock = folder => { try { return lockFolder(folder) } catch {} }
    while (Date.now() < ${at});
    console.log(${JSON.stringify(folders)}.filter(tryLock).join(' '))
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
