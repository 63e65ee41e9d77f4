import { join } from 'node:path'
import type { Texts } from '../../texts/index.ts'
import { type Archive, filesOf, filesThere } from './archive.ts'
import type { Format } from './formats.ts'
import type { Readable, ReadableChat } from './readable.ts'
import { replaceFileBy } from './replace-file.ts'
import { chatRows, messageRows } from './write-csv.ts'
import { page } from './write-html.ts'
import { chatLines, messageLines } from './write-jsonl.ts'

type Writer = (readable: Readable) => AsyncIterable<string>

const outputs: Record<Format, Record<string, Writer>> = {
  jsonl: { 'chats.jsonl': chatLines, 'messages.jsonl': messageLines },
  csv: { 'chats.csv': chatRows, 'messages.csv': messageRows },
  html: { 'index.html': page },
}

type Wanted = { format: Format; texts: Texts; businessId: bigint; signal: AbortSignal }

/** Writes what people and programs read, from the store alone. Returns the paths. */
export async function writeOutputs(archive: Archive, { format, texts, businessId, signal }: Wanted): Promise<string[]> {
  const readable = { chats: () => readChats(archive), texts, businessId }
  const paths: string[] = []
  for (const [name, write] of Object.entries(outputs[format])) {
    const path = join(archive.folder, name)
    await replaceFileBy(path, write(readable), signal)
    paths.push(path)
  }
  return paths
}

async function* readChats({ folder, store }: Archive): AsyncGenerator<ReadableChat> {
  for (const chatId of await store.chatIds()) {
    const stored = await store.readChat(chatId)
    if (stored === undefined) continue
    yield { ...stored, there: await filesThere(folder, filesOf(stored)) }
  }
}
