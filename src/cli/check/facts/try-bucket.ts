import { randomUUID } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import type { S3Place } from '#market'

const patienceMs = 5_000
// As the market signs: some servers take no UNSIGNED-PAYLOAD.
const headers = { 'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }

/** What S3 refuses, in its own word where it has one. */
export class BucketRefusal extends Error {
  readonly status: number

  constructor(status: number, why: string) {
    super(why)
    this.status = status
  }
}

/**
 * Stores an object of no bytes, lists it and removes it, as a market does when it starts. Its name is that of a mark, which the
 * market's sweep removes if this is killed half way. Rejects with a BucketRefusal, or if nobody answers.
 */
export async function tryBucket({ endpoint, bucket, prefix, region, credentials }: S3Place): Promise<void> {
  const client = new AwsClient({ ...credentials, region, service: 's3', retries: 0 })
  const key = `${prefix}check.removal-${randomUUID()}`
  const ask = async (method: 'PUT' | 'GET' | 'DELETE', path: string) => {
    const signal = AbortSignal.timeout(patienceMs)
    const answer = await client.fetch(`${endpoint}/${bucket}${path}`, {
      ...{ method, headers, signal },
      redirect: 'manual',
    })
    const text = await answer.text()
    if (answer.ok) return text
    throw new BucketRefusal(answer.status, /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? `${answer.status}`)
  }
  await ask('PUT', `/${key}`)
  const listed = await ask('GET', `?list-type=2&prefix=${encodeURIComponent(key)}`).finally(() =>
    ask('DELETE', `/${key}`),
  )
  if (!listed.includes(`<Key>${key}</Key>`)) throw new BucketRefusal(200, 'its list lacks what was stored a moment ago')
}
