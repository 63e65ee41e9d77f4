import { Problem } from '#kit'
import { listObjects } from './listing.ts'
import { makeMark } from './removal-mark.ts'
import type { S3Client } from './s3-client.ts'
import { S3Error } from './s3-error.ts'
import type { S3Place } from './s3-place.ts'

/** Does with the bucket all that a market does, and takes possession of it. Throws a Problem that says what does not work. */
export async function checkBucket(client: S3Client, place: S3Place, owner: string): Promise<void> {
  try {
    await tryAll(client, place)
    if (!(await isOurs(client, place, owner))) throw ofAnother(place)
  } catch (error) {
    throw error instanceof S3Error ? toProblem(error, place) : error
  }
}

/** Stores an object of no bytes, lists it and removes it. The sweep removes it if this is killed half way: its name is that of a mark. */
export async function tryAll(client: S3Client, { prefix }: Pick<S3Place, 'prefix'>): Promise<void> {
  const key = makeMark(`${prefix}check`)
  await client.ask({ method: 'PUT', key })
  const { objects } = await listObjects(client, key).finally(() => client.ask({ method: 'DELETE', key }))
  if (objects.length !== 1)
    throw new S3Error('the list', { code: 'its list lacks what was stored a moment ago', status: 200 })
}

/** Of two markets each would sweep away the other's files. If both come first at once, both are refused. */
async function isOurs(client: S3Client, { prefix }: S3Place, owner: string): Promise<boolean> {
  const owners = `${prefix}market-`
  if ((await listObjects(client, owners)).objects.length === 0) await client.ask({ method: 'PUT', key: owners + owner })
  const { objects } = await listObjects(client, owners)
  return objects.every(({ key }) => key === owners + owner)
}

function ofAnother({ bucket, prefix }: S3Place): Problem {
  const where = `${bucket}/${prefix}`
  return new Problem(`The files in s3://${where} belong to another market: give this one another prefix in --files.`, {
    kind: 's3OfAnother',
    facts: { where },
  })
}

function toProblem(error: S3Error, { endpoint, bucket }: S3Place): Problem {
  const { status, code: why } = error
  if (status === undefined)
    return new Problem(`S3 at ${endpoint} does not answer (${why}): start it, or check the endpoint in --files.`, {
      kind: 's3Away',
      facts: { endpoint, why },
      cause: error,
    })
  if (why === 'NoSuchBucket')
    return new Problem(`S3 at ${endpoint} has no bucket ${bucket}: make it, or check --files.`, {
      kind: 's3BucketMissing',
      facts: { endpoint, bucket },
      cause: error,
    })
  if (status === 403)
    return new Problem(
      `S3 at ${endpoint} refuses the bucket ${bucket} (${why}): check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and whether they may store, read, list and remove there.`,
      { kind: 's3Refused', facts: { endpoint, bucket, why }, cause: error },
    )
  return new Problem(`The bucket ${bucket} at ${endpoint} cannot be used (${status} ${why}): check --files.`, {
    kind: 's3Unusable',
    facts: { endpoint, bucket, status, why },
    cause: error,
  })
}
