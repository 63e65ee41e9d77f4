import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { FileStore, StoredFile } from './file-store.ts'

/** All bytes of a stored file, for whoever is not answering a request. */
export async function readWhole(files: FileStore, file: StoredFile): Promise<Buffer> {
  const request = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', headers: {} })
  const opened = await files.open(file, request)
  if (!('body' in opened)) throw new Error(`a stored file was refused without conditions: ${opened.status}`)
  return buffer(opened.body)
}
