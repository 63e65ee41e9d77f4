import { randomUUID } from 'node:crypto'
import type { Queries, Sql } from '#database'
import type { FileFolder } from '../files/file-folder.ts'
import { insertReply, listReplies, lockCabinetOfReplies, type ReplyData, type ReplyFileData } from '../store/replies.ts'
import { insertReplyFile, replyFilesMax } from '../store/reply-files.ts'

export type Copying = { from: bigint; to: bigint; replyIds: readonly string[] }
/** `lostFiles`: they are on the disk no more, and their replies were copied without them. */
export type Copied = { copied: number; present: number; lostFiles: number }
type Means = { sql: Sql; files: FileFolder }

/**
 * Copies replies with their files into another cabinet. One of the same title and text is not doubled: it is given the files that
 * it lacks. Undefined if there is no such cabinet.
 */
export async function copyReplies({ sql, files }: Means, { from, to, replyIds }: Copying): Promise<Copied | undefined> {
  const wanted = new Set(replyIds)
  const replies = (await listReplies(sql, from)).filter(({ replyId }) => wanted.has(replyId))
  const named = replies.flatMap(reply => reply.files)
  // Files come before the rows that name them, and outside the transaction.
  const kept = await copyFiles(files, { from, to, hashes: new Set(named.map(({ hash }) => hash)) })
  const lostFiles = named.filter(({ hash }) => !kept.has(hash)).length
  return sql.begin(async transaction => {
    if (!(await lockCabinetOfReplies(transaction, to))) return undefined
    const there = new Map((await listReplies(transaction, to)).map(reply => [keyOf(reply), reply]))
    let copied = 0
    for (const reply of replies) {
      const present = there.get(keyOf(reply))
      const target = present ?? { ...reply, cabinetId: to, replyId: randomUUID(), files: [] }
      if (!present && (await insertReply(transaction, to, target))) copied++
      const added = lacking(target, reply).filter(({ hash }) => kept.has(hash))
      await addFiles(transaction, target, added)
      there.set(keyOf(target), { ...target, files: [...target.files, ...added] })
    }
    return { copied, present: replies.length - copied, lostFiles }
  })
}

const keyOf = ({ title, text }: Pick<ReplyData, 'title' | 'text'>) => JSON.stringify([title, text])

/** The files of one reply that another has not, as many as it has room for. */
function lacking(target: ReplyData, { files }: ReplyData): ReplyFileData[] {
  const there = new Set(target.files.map(({ hash }) => hash))
  return files.filter(({ hash }) => !there.has(hash)).slice(0, replyFilesMax - target.files.length)
}

async function addFiles(sql: Queries, of: ReplyData, files: readonly ReplyFileData[]): Promise<void> {
  for (const { hash, ...file } of files)
    await insertReplyFile(sql, of, { ...file, fileId: randomUUID(), hash: Buffer.from(hash, 'hex') })
}

type OfFiles = { from: bigint; to: bigint; hashes: ReadonlySet<string> }

/** Which of them are in the other cabinet's folder now; one that is on the disk no more is not. */
async function copyFiles(files: FileFolder, { from, to, hashes }: OfFiles): Promise<Set<string>> {
  const kept = new Set<string>()
  for (const hash of hashes) {
    const bytes = await files.read(from, hash)
    if (bytes === undefined) continue
    await files.save(to, once(bytes))
    kept.add(hash)
  }
  return kept
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}
