import type { FileStore } from './file-store.ts'
import { FolderStore } from './folder-store.ts'
import type { S3Place } from './s3/s3-place.ts'

export type FilesPlace = {
  /** Where files lie; if there is a bucket, where they lie until they are complete. */
  filesFolder: string
  filesBucket?: S3Place | undefined
}

/** The store that was asked for, of the market with this fingerprint. What S3 needs is loaded only if it is wanted. */
export async function openFileStore({ filesFolder, filesBucket }: FilesPlace, owner: string): Promise<FileStore> {
  if (filesBucket === undefined) return new FolderStore(filesFolder)
  const { S3Store } = await import('./s3-store.ts')
  return new S3Store({ place: filesBucket, folder: filesFolder, owner })
}
