import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, Problem } from '#kit'

/** In a data folder whose PostgreSQL's files lie elsewhere: where they are. */
export type Pointer = { id: string; folder: string }
/** Beside these files: whose they are. The id is the same, and random: a folder that is renamed finds its files by it. */
export type Owner = { id: string; dataDir: string }

const pointerIn = (dataDir: string) => join(dataDir, 'postgres.json')
const ownerIn = (folder: string) => join(folder, 'owner.json')

export function findPointer(dataDir: string): Pointer | undefined {
  const { id, folder } = readPaper<Pointer>(pointerIn(dataDir))
  return id && folder ? { id, folder } : undefined
}

export function findOwner(folder: string): Owner | undefined {
  const { id, dataDir } = readPaper<Owner>(ownerIn(folder))
  return id && dataDir ? { id, dataDir } : undefined
}

/** Written when the files are complete: whoever is interrupted before begins anew. */
export function recordPlace(dataDir: string, folder: string, id: string): void {
  const [owner, pointer]: [Owner, Pointer] = [
    { id, dataDir },
    { id, folder },
  ]
  writeFileSync(ownerIn(folder), `${JSON.stringify(owner)}\n`, { flush: true })
  writeFileSync(pointerIn(dataDir), `${JSON.stringify(pointer)}\n`, { flush: true })
}

/** A damaged one must not pass for none: then another database would be made. */
function readPaper<Paper>(file: string): Partial<Paper> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) ?? {}
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(cause) ?? '')) return {}
    if (codeOf(cause) !== undefined) throw cause
    throw new Problem(`${file} is damaged: restore it, it says where the database of its folder is`, {
      cause,
      kind: 'paperDamaged',
      facts: { file },
    })
  }
}
