import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'

type Kept = { plain: Buffer; zipped: Buffer; etag: string }

/** Answers what is the same for everybody as long as the process lives: made when it is first asked for, and kept as bytes. */
export function serveKept(
  app: FastifyInstance,
  url: string,
  { type, make }: { type: string; make: () => Promise<string | Buffer> },
): void {
  let keeping: Promise<Kept> | undefined
  app.get(url, async ({ headers }, reply) => {
    keeping ??= make().then(keep)
    const { plain, zipped, etag } = await keeping
    reply.headers({ etag, vary: 'accept-encoding', 'cache-control': 'no-cache' })
    if (isKnown(headers['if-none-match'], etag)) return reply.code(304).send()
    reply.type(type)
    if (!takesGzip(headers['accept-encoding'])) return reply.send(plain)
    return reply.header('content-encoding', 'gzip').send(zipped)
  })
}

async function keep(content: string | Buffer): Promise<Kept> {
  const plain = Buffer.from(content)
  const zipped = await promisify(gzip)(plain)
  // Weak: it stands for both forms.
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  return { plain, zipped, etag }
}

function isKnown(known: string | undefined, etag: string): boolean {
  return known?.split(',').some(each => each.trim() === etag || each.trim() === '*') ?? false
}

function takesGzip(accepted: string | string[] | undefined = ''): boolean {
  return String(accepted)
    .split(',')
    .some(each => /^\s*(gzip|\*)\s*(;\s*q=(1|0\.0*[1-9]).*)?$/i.test(each))
}
