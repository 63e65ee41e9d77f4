import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from '#kit'
import { type FoundSecret, findSecret } from '../data/find-secret.ts'
import type { Texts } from '../texts/index.ts'

/** Beside the market's, so that either can be changed without the other. */
const file = 'desk-secret'
/** What a rotation that was cut short has left: the database has it already, or will never. */
export const nextFile = 'desk-secret.next'

export const findDeskSecret = (folder: string, texts: Texts): Promise<FoundSecret> => findSecret(folder, texts, file)

/** The next secret becomes the desk's. */
export async function adoptNextSecret(folder: string): Promise<void> {
  await rename(join(folder, nextFile), join(folder, file)).catch(error => {
    // Another process has done it.
    if (codeOf(error) !== 'ENOENT') throw error
  })
}
