import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { codeOf } from '#kit'
import type { FilesFound } from './subject.ts'

const patienceMs = 5_000
const tooMany = 500

/** Where files would be kept, and whether they can be. Writes nothing. */
export async function findFiles(dataFolder: string, files: string | undefined): Promise<FilesFound> {
  if (files?.startsWith('s3:')) return findBucket(files)
  const path = files ?? join(dataFolder, 'files')
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

/** `s3://bucket?endpoint=…`. Whether the server is there and knows the bucket; what the keys may do, only the market finds out. */
async function findBucket(files: string): Promise<FilesFound> {
  const address = bucketAddress(files)
  if (address === undefined) return { state: 'bucket', url: files, trouble: { kind: 'unreadable' } }
  const url = address.href
  if (!(process.env['AWS_ACCESS_KEY_ID'] && process.env['AWS_SECRET_ACCESS_KEY']))
    return { state: 'bucket', url, trouble: { kind: 'noKeys' } }
  try {
    const { status } = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(patienceMs) })
    const isThere = status !== 404 && status < tooMany
    return { state: 'bucket', url, ...(!isThere && { trouble: { kind: 'away', why: `${status}` } }) }
  } catch (error) {
    return { state: 'bucket', url, trouble: { kind: 'away', why: reasonOf(error) } }
  }
}

/** Path style, which every server knows. What the address does not say comes from the variables that programs for S3 share. */
function bucketAddress(files: string): URL | undefined {
  const { AWS_ENDPOINT_URL_S3: ofS3, AWS_ENDPOINT_URL: ofAll, AWS_REGION: usual } = process.env
  const parsed = URL.canParse(files) ? new URL(files) : undefined
  const region = parsed?.searchParams.get('region') || usual || 'us-east-1'
  const endpoint = parsed?.searchParams.get('endpoint') || ofS3 || ofAll || `https://s3.${region}.amazonaws.com`
  if (!parsed?.hostname || !/^https?:/.test(endpoint) || !URL.canParse(endpoint)) return undefined
  return new URL(`${endpoint.replace(/\/+$/, '')}/${parsed.hostname}`)
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return codeOf(cause) ?? (cause instanceof Error ? cause.message : String(cause))
}
