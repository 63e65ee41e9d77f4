import { open, rename, rm, writeFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

/** Puts a text in the place of a file: whoever reads it, after a crash too, finds the one or the other, and whole. */
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

/** What a killed process leaves is written over by the next one. */
function draftOf(path: string): string {
  return `${path}.part`
}
