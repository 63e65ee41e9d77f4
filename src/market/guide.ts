import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { serveStaticSite } from '#serving'

const root = join(import.meta.dirname, '../../dist/guide')

const notBuilt = `The guide is not built. In the folder of Prilavok run

  npm run build

and load this page again.

Руководство не собрано. В папке Prilavok выполните команду npm run build и обновите страницу.
`

/** `/guide`: the documents as pages, made by scripts/vite/guide. */
export function registerGuide(app: FastifyInstance): void {
  serveStaticSite(app, { prefix: '/guide', root, notBuilt, languages: ['en', 'ru'] })
}
