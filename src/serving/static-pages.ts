import send, { type SendOptions } from '@fastify/send'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Encoding, encodingsFor } from './encodings.ts'

// Names that the build makes; any other name is not found, nor is a compressed form by its own.
const assetName = /^[\w-][\w.-]*(?<!\.br|\.gz)$/

/** Scripts come from this server alone and are never inline. Styles may be inline: Mantine writes sizes into style attributes. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const always = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

const endings: Record<Encoding, string> = { br: '.br', gzip: '.gz', identity: '' }

type Pages = {
  /** The path below which they are, such as `/console`. */
  prefix: string
  /** The folder of the build. Beside an asset may lie what it is compressed: `<name>.br` and `<name>.gz`. */
  root: string
  /** What is shown while there is no build. */
  notBuilt: string
  /** The name of the service worker below the prefix, if there is one. */
  worker?: string
}

/** A built page application: assets by their hashed names, and one page for every other path, which the page itself reads. */
export function serveStaticPages(app: FastifyInstance, { prefix, root, notBuilt, worker }: Pages): void {
  const sendPage = async (request: FastifyRequest, reply: FastifyReply) => {
    const sent = await send(request.raw, '/index.html', { root, index: false, cacheControl: false })
    reply.headers(always)
    if (sent.type !== 'file') return reply.code(503).type('text/plain; charset=utf-8').send(notBuilt)
    return reply
      .code(sent.statusCode)
      .headers(sent.headers)
      .headers({ ...always, 'cache-control': 'no-store' })
      .send(sent.stream)
  }
  app.get(prefix, sendPage)
  app.get(`${prefix}/*`, sendPage)
  app.get<{ Params: { name: string } }>(`${prefix}/assets/:name`, async (request, reply) => {
    const { name } = request.params
    if (!assetName.test(name)) return reply.callNotFound()
    const kept = { root: `${root}/assets`, maxAge: '365d', immutable: true }
    return sendFile({ request, reply }, name, kept)
  })
  if (worker === undefined) return
  // Whoever has an old worker learns of the new one at once. It stands for the prefix itself, too.
  const fresh = { 'cache-control': 'no-cache', 'service-worker-allowed': prefix }
  app.get(`${prefix}/${worker}`, async (request, reply) =>
    sendFile({ request, reply: reply.headers(fresh) }, worker, { root, cacheControl: false }),
  )
}

type Exchange = { request: FastifyRequest; reply: FastifyReply }

/** In the smallest form that the reader takes and the build has made. Each form has its own ETag; a part of one is never sent. */
async function sendFile({ request, reply }: Exchange, name: string, options: SendOptions): Promise<FastifyReply> {
  for (const encoding of encodingsFor(request.headers['accept-encoding'])) {
    const path = `/${name}${endings[encoding]}`
    const sent = await send(request.raw, path, { ...options, index: false, acceptRanges: false, contentType: false })
    if (sent.type !== 'file') continue
    if (encoding !== 'identity') reply.header('content-encoding', encoding)
    const { 'content-type': _, ...told } = sent.headers
    return reply
      .code(sent.statusCode)
      .headers({ ...told, ...always, 'content-type': typeOf(name), vary: 'accept-encoding' })
      .send(sent.stream)
  }
  reply.callNotFound()
  return reply
}

function typeOf(name: string): string {
  const type = send.mime.getType(name) ?? 'application/octet-stream'
  return send.isUtf8MimeType(type) ? `${type}; charset=utf-8` : type
}
