import { Problem } from '#kit'
import { listObjects } from './listing.ts'
import { makeMark } from './removal-mark.ts'
import type { S3Client } from './s3-client.ts'
import { S3Error } from './s3-error.ts'
import type { S3Place } from './s3-place.ts'

/** Does with the bucket all that a market does: stores, lists, removes. Throws a Problem that says what does not work. */
export async function checkBucket(client: S3Client, place: S3Place): Promise<void> {
  const key = makeMark(`${place.prefix}check`)
  try {
    await client.ask({ method: 'PUT', key })
    const { objects } = await listObjects(client, key)
    await client.ask({ method: 'DELETE', key })
    if (objects.length !== 1)
      throw new S3Error('the list', { code: 'without what was stored a moment ago', status: 200 })
  } catch (error) {
    throw error instanceof S3Error ? toProblem(error, place) : error
  }
}

function toProblem(error: S3Error, { endpoint, bucket }: S3Place): Problem {
  const { status, code: why } = error
  const make = (kind: string, message: string) =>
    new Problem(message, { kind, cause: error, facts: { endpoint, bucket, status: status ?? 0, why } })
  if (status === undefined)
    return make('s3Away', `S3 at ${endpoint} does not answer (${why}): start it, or check the endpoint in --files.`)
  if (why === 'NoSuchBucket')
    return make('s3BucketMissing', `S3 at ${endpoint} has no bucket ${bucket}: make it, or check --files.`)
  if (status === 403)
    return make(
      's3Refused',
      `S3 at ${endpoint} refuses the bucket ${bucket} (${why}): check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and whether they may store, read, list and remove there.`,
    )
  return make('s3Unusable', `The bucket ${bucket} at ${endpoint} cannot be used (${status} ${why}): check --files.`)
}
