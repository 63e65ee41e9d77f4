import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { serveStaticPages } from '#serving'
import { registerSession, type SessionNeeds } from './session-routes.ts'

const root = join(import.meta.dirname, '../../../dist/console')

const notBuilt = `The console is not built. In the folder of Prilavok run

  npm run build

and load this page again.

Консоль не собрана. В папке Prilavok выполните команду npm run build и обновите страницу.
`

/** `/console`: its pages, and who is signed in there. */
export async function registerConsole(app: FastifyInstance, needs: SessionNeeds): Promise<void> {
  await registerSession(app, needs)
  serveStaticPages(app, { prefix: '/console', root, notBuilt })
}
