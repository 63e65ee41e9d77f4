import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { findShortage, type Sql } from '#database'
import type { Logger, Traces } from '#kit'
import {
  answerProblem,
  type Connections,
  type ErrorContext,
  type HttpMetrics,
  HttpProblem,
  makeServer,
  noSuchPath,
  problemBody,
  registerHealth,
  serveStaticPages,
  toProblem,
} from '#serving'
import { type DeskApiNeeds, registerDesk } from './api/register-desk.ts'
import { type Notified, takeNotifications } from './api/take-notifications.ts'

const pagesFolder = join(import.meta.dirname, '../../dist/desk')

const notBuilt = `The desk's pages are not built. In the folder of Prilavok run

  npm run build

and load this page again.

Страницы рабочего места не собраны. В папке Prilavok выполните команду npm run build и обновите страницу.
`

export type DeskServing = {
  desk: DeskApiNeeds & Notified & { sql: Sql; log: Logger; traces?: Traces | undefined; metrics: HttpMetrics }
  version: string
  isStopping: () => boolean
  proxies: readonly string[] | undefined
  connections: Connections
}

/** The HTTP application of a desk, with every path that it has. */
export async function makeApp({
  desk,
  version,
  isStopping,
  proxies,
  connections,
}: DeskServing): Promise<FastifyInstance> {
  const { sql, log, traces, metrics } = desk
  const errors: ErrorContext = { log, findShortage, problemOf: () => undefined }
  const app = makeServer({
    metrics,
    connections,
    log,
    traces,
    proxies,
    rewriteUrl: url => url,
    answerError: (error, request, reply) => answerProblem(reply, toProblem(error, request, errors)),
    answerUnknownPath: (_url, reply) => answerProblem(reply, noSuchPath()),
    brokenBody: sentence => JSON.stringify(problemBody(new HttpProblem(400, sentence))),
  })
  registerHealth(app, { isStopping, isDatabaseThere: () => sql`select 1`.then(() => true) })
  metrics.register(app)
  await takeNotifications(app, desk, errors)
  await registerDesk(app, { desk, version, errors })
  app.get('/', async (_request, reply) => reply.redirect('/desk'))
  serveStaticPages(app, { prefix: '/desk', root: pagesFolder, notBuilt, worker: 'worker.js' })
  return app
}
