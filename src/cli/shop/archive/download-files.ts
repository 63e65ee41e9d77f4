import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ApiError, ConnectionError, type MarketClient, PrilavokError } from '#client'
import { codeOf, Problem } from '#kit'
import { type Archive, type ArchivedFile, filesOf, filesThere, isWhole } from './archive.ts'
import { replaceFileBy } from './replace-file.ts'

type Downloading = {
  market: MarketClient
  archive: Archive
  signal: AbortSignal
  onProgress(done: number, known: number): void
}

const atOnce = 2

/** Fetches the files that are not in the folder yet. Resolves to how many there are, and how many could not be had. */
export async function downloadFiles(downloading: Downloading): Promise<{ files: number; missing: number }> {
  const { archive, signal, onProgress } = downloading
  const { files, wanted } = await listFiles(archive)
  let [done, missing] = [0, 0]
  const queue = wanted.values()
  const work = async () => {
    for (const next of queue) {
      signal.throwIfAborted()
      if (!(await download(next, downloading))) missing++
      onProgress(++done, wanted.length)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return { files, missing }
}

/** How many files the messages name, and those that are not in the folder. */
export async function listFiles({ folder, store }: Archive): Promise<{ files: number; wanted: ArchivedFile[] }> {
  const wanted: ArchivedFile[] = []
  let files = 0
  for (const chatId of await store.chatIds()) {
    const stored = await store.readChat(chatId)
    const all = stored ? filesOf(stored) : []
    if (all.length === 0) continue
    const there = await filesThere(folder, all)
    files += all.length
    wanted.push(...all.filter(({ path }) => !there.has(path)))
  }
  return { files, wanted }
}

/** Whether it is there now. An address may have expired since it was read: the message has the present one. */
async function download(wanted: ArchivedFile, downloading: Downloading): Promise<boolean> {
  if (await tryToSave(wanted, downloading)) return true
  const { chatId, messageId, index } = wanted
  const { market, signal } = downloading
  const message = await market.messages.get(chatId, messageId, { signal, urgency: 'backfill' }).catch(refusedOnly)
  const file = message?.files?.[index]
  return file !== undefined && tryToSave({ ...wanted, file }, downloading)
}

async function tryToSave({ file, path }: ArchivedFile, { market, archive, signal }: Downloading): Promise<boolean> {
  const answer = await market.messages.download(file, { signal, urgency: 'backfill' }).catch(refusedOnly)
  if (answer?.body == null) return false
  const target = join(archive.folder, path)
  await mkdir(dirname(target), { recursive: true })
  try {
    await replaceFileBy(target, answer.body, signal)
    return await isWhole(target, file)
  } catch (error) {
    // What the disk refuses is not mended by the next file.
    if (signal.aborted || error instanceof Problem || isOfDisk(error)) throw error
    return false
  }
}

function isOfDisk(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EIO', 'EPERM', 'ENOTDIR'].includes(codeOf(error) ?? '')
}

/** A file that the market refuses is left out; a market that is away ends the run. */
function refusedOnly(error: unknown): undefined {
  if (error instanceof ConnectionError && error.wasSent === false) throw error
  if (error instanceof ApiError || error instanceof PrilavokError) return undefined
  throw error
}
