import { spawnSync } from 'node:child_process'
import { linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { removeOldDrafts, replaceFile, replaceFileBy } from './replace-file.ts'

/** A file, and whoever has it open. */
function makeOpenFile() {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-replace-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'chat.json')
  const open = join(folder, 'open')
  writeFileSync(path, 'as it was')
  linkSync(path, open)
  const read = () => ({
    path: readFileSync(path, 'utf8'),
    open: readFileSync(open, 'utf8'),
    names: readdirSync(folder),
  })
  return { path, read }
}

const names = ['chat.json', 'open']

test('a file is replaced as a whole: whoever has it open still reads the old one', async () => {
  const { path, read } = makeOpenFile()

  await replaceFile(path, 'as it is')

  expect(read()).toEqual({ path: 'as it is', open: 'as it was', names })
})

test('the same of what comes piece by piece', async () => {
  const { path, read } = makeOpenFile()

  await replaceFileBy(path, piecesOf('as ', 'it is'), new AbortController().signal)

  expect(read()).toEqual({ path: 'as it is', open: 'as it was', names })
})

test('what breaks off half way changes nothing, and leaves nothing', async () => {
  const { path, read } = makeOpenFile()

  await expect(replaceFileBy(path, broken(), new AbortController().signal)).rejects.toThrow('cut off')

  expect(read()).toEqual({ path: 'as it was', open: 'as it was', names })
})

test('what is stopped half way rejects with the reason', async () => {
  const { path, read } = makeOpenFile()
  const stop = new AbortController()
  const reason = new Error('Ctrl-C')
  async function* endless() {
    for (;;) {
      yield 'x'
      stop.abort(reason)
    }
  }

  await expect(replaceFileBy(path, endless(), stop.signal)).rejects.toBe(reason)

  expect(read()).toEqual({ path: 'as it was', open: 'as it was', names })
})

test('the drafts of processes that were killed are removed, those of a running one are not', async () => {
  const { path, read } = makeOpenFile()
  const ended = spawnSync(process.execPath, ['--version']).pid
  for (const pid of [ended, process.ppid]) writeFileSync(`${path}.${pid}.part`, 'half')

  await removeOldDrafts(dirname(path))

  expect(read().names).toEqual(['chat.json', `chat.json.${process.ppid}.part`, 'open'])
})

async function* piecesOf(...pieces: string[]) {
  yield* pieces
}

async function* broken() {
  yield 'half'
  throw new Error('cut off')
}
