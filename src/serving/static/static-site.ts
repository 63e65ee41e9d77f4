import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { chooseLanguage } from '../choose-language.ts'
import { always, type Exchange, sendFile, serveAssets } from './send-file.ts'

type Site = {
  /** The path below which it is, such as `/guide`. */
  prefix: string
  /** The folder of the build: `<language>/<page>.html`, of each language an `index.html` and a `404.html`, and `assets`. */
  root: string
  /** What is shown while there is no build. */
  notBuilt: string
  /** The first is for who reads none of them. */
  languages: readonly [string, ...string[]]
}

// As the build names them: no part of a path begins with a dot.
const pageName = /^(?:[\w-][\w.-]*\/)*(?:[\w-][\w.-]*)?$/

/** A site of pages that stand by themselves, in several languages. A browser asks whether a page has changed each time that it shows it. */
export function serveStaticSite(app: FastifyInstance, { prefix, root, notBuilt, languages }: Site): void {
  const toFirst = async (request: FastifyRequest, reply: FastifyReply) => {
    const language = chooseLanguage(request.headers['accept-language'], languages)
    return reply.headers({ vary: 'accept-language', 'cache-control': 'no-cache' }).redirect(`${prefix}/${language}/`)
  }
  app.get(prefix, toFirst)
  app.get(`${prefix}/`, toFirst)
  for (const language of languages)
    app.get(`${prefix}/${language}`, async (_request, reply) => reply.redirect(`${prefix}/${language}/`, 301))
  app.get<{ Params: { '*': string } }>(`${prefix}/*`, async (request, reply) => {
    const { '*': path } = request.params
    reply.header('cache-control', 'no-cache')
    return (
      (pageName.test(path) && (await sendPage({ request, reply }, root, path))) ||
      (await sendLost({ request, reply, status: 404 }, root, languageOf(path, request, languages))) ||
      reply.code(503).headers(always).type('text/plain; charset=utf-8').send(notBuilt)
    )
  })
  serveAssets(app, { prefix, root })
}

const sendPage = (exchange: Exchange, root: string, path: string) =>
  sendFile(exchange, `${path === '' || path.endsWith('/') ? `${path}index` : path}.html`, { root, cacheControl: false })

/** It has no ETag: what is at an address may come. */
const sendLost = (exchange: Exchange, root: string, language: string) =>
  sendFile(exchange, `${language}/404.html`, { root, cacheControl: false, etag: false, lastModified: false })

function languageOf(path: string, { headers }: FastifyRequest, languages: Site['languages']): string {
  const named = languages.find(language => path.startsWith(`${language}/`))
  return named ?? chooseLanguage(headers['accept-language'], languages)
}
