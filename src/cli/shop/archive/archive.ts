import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Chat, ChatFile as MarketFile, Message } from '#client'
import { decode, idOf, parseJson, type Static, serializeJson, Type } from '#contract'
import { codeOf, Problem } from '#kit'
import type { Texts } from '../../texts/index.ts'
import { FolderStore } from './folder-store.ts'
import { isDraft, removeOldDrafts, replaceFile } from './replace-file.ts'
import { safePath } from './safe-name.ts'

const Label = Type.Object({ businessId: idOf<bigint>('The business.'), baseUrl: Type.String() })
type Label = Static<typeof Label>
type Owner = Label & { texts: Texts }

const labelName = 'export.json'
const storeName = 'store'

/** A folder with the chats of one business. */
export type Archive = { folder: string; store: FolderStore }

/** Opens an export, or begins one in a folder that is empty or not there. Throws a Problem if it is something else. */
export async function openArchive(folder: string, owner: Owner): Promise<Archive> {
  const label = await readLabel(folder, owner.texts)
  if (label) requireSame(folder, label, owner)
  else await begin(folder, owner)
  await removeOldDrafts(folder)
  return { folder, store: await FolderStore.open(join(folder, storeName), owner.texts) }
}

/** Opens an export that is there. */
export async function requireArchive(folder: string, owner: Owner): Promise<Archive> {
  const label = await readLabel(folder, owner.texts)
  if (label === undefined) throw new Problem(owner.texts.export.notThere(folder))
  requireSame(folder, label, owner)
  return { folder, store: await FolderStore.open(join(folder, storeName), owner.texts) }
}

async function begin(folder: string, { businessId, baseUrl, texts }: Owner): Promise<void> {
  // What buyers have written is for its owner's eyes alone.
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const names = (await readdir(folder)).filter(name => !isDraft(name))
  if (names.length > 0) throw new Problem(texts.export.notEmpty(folder))
  await replaceFile(join(folder, labelName), `${serializeJson({ businessId, baseUrl })}\n`)
}

async function readLabel(folder: string, texts: Texts): Promise<Label | undefined> {
  const file = join(folder, labelName)
  const text = await readFile(file, 'utf8').catch(error => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new Problem(texts.errors.file(file, codeOf(error) ?? ''), { cause: error })
  })
  if (text === undefined) return undefined
  const parsed = parseJson(text)
  const label = decode(Label, parsed.ok ? parsed.value : undefined)
  if (label.ok) return label.value
  throw new Problem(texts.export.damaged(file))
}

function requireSame(folder: string, label: Label, { businessId, baseUrl, texts }: Owner): void {
  if (label.businessId === businessId && label.baseUrl === baseUrl) return
  throw new Problem(texts.export.otherBusiness(folder, `${label.businessId}, ${label.baseUrl}`))
}

export type ArchivedFile = { chatId: bigint; messageId: bigint; path: string; index: number; file: MarketFile }

/** The files of a chat and where they lie, from the folder. */
export function filesOf({ chat: { chatId }, messages }: { chat: Chat; messages: readonly Message[] }): ArchivedFile[] {
  return messages.flatMap(({ messageId, files = [] }) =>
    files.map((file, index) => ({
      ...{ chatId, messageId, index, file },
      path: safePath(chatId, messageId, { index, name: file.name }),
    })),
  )
}

/** Of these files of a chat the paths of those that are there whole. */
export async function filesThere(folder: string, files: readonly ArchivedFile[]): Promise<Set<string>> {
  const there = new Set<string>()
  for (const { path, file } of files) if (await isWhole(join(folder, path), file)) there.add(path)
  return there
}

/** Whether it is there, as large as the market says. */
export async function isWhole(path: string, { sizeBytes }: MarketFile): Promise<boolean> {
  const found = await stat(path).catch(() => undefined) // it is not there
  return found?.size === sizeBytes
}
