import send from '@fastify/send'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

// Names that the build makes; any other name is not found.
const assetName = /^[\w-][\w.-]*$/

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

type Pages = {
  /** The path below which they are, such as `/console`. */
  prefix: string
  /** The folder of the build. */
  root: string
  /** What is shown while there is no build. */
  notBuilt: string
}

/** A built page application: assets by their hashed names, and one page for every other path, which the page itself reads. */
export function serveStaticPages(app: FastifyInstance, { prefix, root, notBuilt }: Pages): void {
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
    const sent = await send(request.raw, `/assets/${name}`, { root, index: false, maxAge: '365d', immutable: true })
    if (sent.type !== 'file') return reply.callNotFound()
    return reply.code(sent.statusCode).headers(sent.headers).headers(always).send(sent.stream)
  })
}
