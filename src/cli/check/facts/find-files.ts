import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { codeOf, Problem } from '#kit'
import { readS3Url, type S3Place, tryBucket } from '#market'
import type { FilesFound } from './subject.ts'

/** Where files would be kept, and whether they can be. Leaves nothing. */
export async function findFiles(dataFolder: string, files: string | undefined): Promise<FilesFound> {
  if (files !== undefined) return findBucket(files)
  const path = join(dataFolder, 'files')
  const code = await refusalOf(path)
  return { state: 'folder', path, ...(code !== undefined && { code }) }
}

/** A folder that is not there yet is made in the nearest one that is. */
async function refusalOf(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
    return undefined
  } catch (error) {
    const code = codeOf(error) ?? String(error)
    return code === 'ENOENT' && dirname(path) !== path ? refusalOf(dirname(path)) : code
  }
}

/** Whether the bucket is there, and does with these keys what a market asks of it. */
async function findBucket(files: string): Promise<FilesFound> {
  const place = readPlace(files)
  if (place instanceof Problem) {
    const kind = place.kind === 's3CredentialsMissing' ? 'noKeys' : 'unreadable'
    return { state: 'bucket', url: '', trouble: { kind } }
  }
  const url = `${place.endpoint}/${place.bucket}`
  const trouble = await tryBucket(place)
  if (trouble === undefined) return { state: 'bucket', url }
  const kind = trouble.status === 403 ? 'refused' : 'away'
  return { state: 'bucket', url, trouble: { kind, why: trouble.why } }
}

/** As the market reads it. */
function readPlace(files: string): S3Place | Problem {
  try {
    return readS3Url(files, process.env)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}
