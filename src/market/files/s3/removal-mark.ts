import { randomUUID } from 'node:crypto'
import { type Listing, listObjects } from './listing.ts'
import type { S3Client } from './s3-client.ts'

/*
 * S3 knows no lock, and no removal of what nobody has saved meanwhile. So whoever removes a file puts a mark of its own beside
 * it first, looks at the file's age, and then lets S3 remove it within some seconds of the mark or never: the request is signed
 * for no longer. Whoever saves a file looks for marks afterwards. So either the remover finds the file new, or the saver finds
 * the mark, and saves again when it is gone. All times are those of S3.
 */
const removableSeconds = 20
const inForceMs = (removableSeconds + 10) * 1000

export const makeMark = (key: string) => `${key}.removal-${randomUUID()}`
export const isMark = (key: string) => /\.removal-[0-9a-f-]{36}$/.test(key)

/** Whether somebody may still remove something of the listing. */
export function isMarked({ objects, at }: Pick<Listing, 'objects' | 'at'>): boolean {
  return objects.some(({ key, savedAt }) => isMark(key) && at.getTime() - savedAt.getTime() < inForceMs)
}

/** Removes a file that was last saved before then, unless somebody saves it at this moment. */
export async function removeUnlessSaved(client: S3Client, key: string, before: Date): Promise<boolean> {
  const mark = makeMark(key)
  await client.ask({ method: 'PUT', key: mark })
  const { objects } = await listObjects(client, key)
  const [file, own] = [key, mark].map(name => objects.find(object => object.key === name))
  const isOld = file !== undefined && own !== undefined && file.savedAt < before
  if (isOld) await client.ask({ method: 'DELETE', key, valid: { from: own.savedAt, seconds: removableSeconds } })
  // If nobody knows what became of the request, this is not reached, and the mark stays until its time is over.
  await client.ask({ method: 'DELETE', key: mark })
  return isOld
}
