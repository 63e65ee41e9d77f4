import { join } from 'node:path'
import send from '@fastify/send'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refusals } from '#contract'

const root = join(import.meta.dirname, '../../../dist/console')
// Names that the build makes; anything else under this path is nothing.
const assetName = /^[\w-][\w.-]*$/

/** Scripts are ours alone and never inline; Mantine writes its sizes into style attributes. */
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

/** The built console: assets by their hashed names, and one page for every other path, which the page itself reads. */
export async function serveConsole(app: FastifyInstance): Promise<void> {
  const page = (request: FastifyRequest, reply: FastifyReply) => sendPage(request, reply)
  app.get('/console', page)
  app.get('/console/*', page)
  app.get<{ Params: { name: string } }>('/console/assets/:name', async (request, reply) => {
    const { name } = request.params
    if (!assetName.test(name)) throw refusals.resourceNotFound()
    const sent = await send(request.raw, `/assets/${name}`, { root, index: false, maxAge: '365d', immutable: true })
    if (sent.type !== 'file') throw refusals.resourceNotFound()
    return reply.code(sent.statusCode).headers(sent.headers).headers(always).send(sent.stream)
  })
}

async function sendPage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const sent = await send(request.raw, '/index.html', { root, index: false, cacheControl: false })
  reply.headers(always)
  if (sent.type !== 'file') return reply.code(503).type('text/plain; charset=utf-8').send(notBuilt)
  return reply
    .code(sent.statusCode)
    .headers(sent.headers)
    .headers({ ...always, 'cache-control': 'no-store' })
    .send(sent.stream)
}

const notBuilt = `The console is not built. In the folder of Prilavok run

  npm run build

and load this page again.

Консоль не собрана. В папке Prilavok выполните команду npm run build и обновите страницу.
`
