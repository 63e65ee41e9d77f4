import { open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { codeOf } from '#kit'

/**
 * Puts a text in the place of a file: whoever reads it, after a crash too, finds the one or the other, and whole. A process
 * replaces a file by one write at a time; two processes do not disturb each other.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = draftOf(path)
  await writeFile(draft, text, { flush: true })
  await rename(draft, path)
}

type Bytes = AsyncIterable<string | Uint8Array>

/** The same for what comes piece by piece. What is not finished is removed. */
export async function replaceFileBy(path: string, pieces: Bytes, signal: AbortSignal): Promise<void> {
  const draft = draftOf(path)
  try {
    // Opened before anything can fail: a file that is opened late would outlive its removal.
    const file = await open(draft, 'w')
    await pipeline(pieces, file.createWriteStream({ flush: true }), { signal })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw signal.aborted ? signal.reason : error
  }
}

/** What was replaced in this folder is on disk when it resolves: a power failure takes nothing of it back. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Two processes that wrote one draft would put a mixture of both in the place of the file. */
function draftOf(path: string): string {
  return `${path}.${process.pid}.part`
}

const draftName = /\.(\d+)\.part$/

export function isDraft(name: string): boolean {
  return draftName.test(name)
}

/** Removes what killed processes have left in a folder and in those below it. */
export async function removeOldDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    const writer = draftName.exec(name)?.[1]
    if (writer !== undefined && !isRunning(Number(writer))) await rm(join(folder, name), { force: true })
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false // this one has not begun to write
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM' // it is somebody else's
  }
}
