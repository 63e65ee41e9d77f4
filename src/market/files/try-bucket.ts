import type { S3Place } from './s3/s3-place.ts'

/** What a bucket does not do; without a status nobody answered. `why` is in the words of S3, or of the system. */
export type BucketTrouble = { status?: number | undefined; why: string }

/** Does in the bucket what a market does there when it starts, once, and leaves nothing. What S3 needs is loaded only then. */
export async function tryBucket(place: S3Place): Promise<BucketTrouble | undefined> {
  const [{ tryAll }, { patienceDefault, S3Client }, { S3Error }] = await Promise.all([
    import('./s3/check-bucket.ts'),
    import('./s3/s3-client.ts'),
    import('./s3/s3-error.ts'),
  ])
  const client = new S3Client(place, { patience: { ...patienceDefault, attempts: 1, attemptMs: 5_000 } })
  try {
    await tryAll(client, place)
    return undefined
  } catch (error) {
    if (error instanceof S3Error) return { status: error.status, why: error.code }
    throw error
  }
}
