import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { S3Place } from '#market'
import { type S3Front, startS3Front } from './s3-front.ts'

const bucket = 'chats'
const prefix = 'shop/files/'
/** The one account that the server knows. */
const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }

export type TestS3 = {
  place: S3Place
  front: S3Front
  /** For the command line. */
  url: string
  environment: Record<string, string>
  /** Where the server keeps its objects. */
  folder: string
  /** Where it keeps one. */
  pathOf(key: string): string
  kill(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

/** An S3 server in a process of its own, with an empty bucket. */
export async function startS3(): Promise<TestS3> {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-s3-'))
  let port = 0
  let child: ChildProcess | undefined
  const start = async () => {
    // It makes tokens of lists with a cipher that OpenSSL 3 has put aside.
    const execArgv = ['--openssl-legacy-provider']
    child = fork(join(import.meta.dirname, 'hold-s3.ts'), [folder, bucket, `${port}`], { execArgv })
    ;[port] = (await once(child, 'message')) as [number] // its program sends nothing else
  }
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  await start()
  const front = await startS3Front(() => port)
  const endpoint = `http://127.0.0.1:${front.port}`
  return {
    place: { endpoint, region: 'us-east-1', bucket, prefix, credentials },
    front,
    folder,
    url: `s3://${bucket}?endpoint=${endpoint}&prefix=${prefix}`,
    environment: { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
    pathOf: key => join(folder, bucket, `${key}._S3rver_object`),
    kill,
    start,
    async close() {
      front.close()
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
