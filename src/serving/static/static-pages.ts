import send from '@fastify/send'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { always, notFound, sendFile, serveAssets } from './send-file.ts'

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
  serveAssets(app, { prefix, root })
  if (worker === undefined) return
  // Whoever has an old worker learns of the new one at once. It stands for the prefix itself, too.
  const fresh = { 'cache-control': 'no-cache', 'service-worker-allowed': prefix }
  app.get(`${prefix}/${worker}`, async (request, reply) => {
    const sent = await sendFile({ request, reply: reply.headers(fresh) }, worker, { root, cacheControl: false })
    return sent ?? notFound(reply)
  })
}
