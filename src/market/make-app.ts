import type { FastifyInstance, FastifyReply } from 'fastify'
import { errorBody, Refusal, refusals } from '#contract'
import { findShortage, isOwnerGone, type Sql } from '#database'
import {
  answerProblem,
  type Connections,
  type ErrorContext,
  HttpProblem,
  makeServer,
  noSuchPath,
  problems,
  registerHealth,
} from '#serving'
import { registerAdmin } from './admin/register-admin.ts'
import { registerBuyer } from './buyers/register-buyer.ts'
import { registerConsole } from './console/register-console.ts'
import { registerDocuments } from './documents.ts'
import { findFileReader } from './file-reader.ts'
import { registerFiles } from './files/register-files.ts'
import { findS3Shortage } from './files/s3/s3-error.ts'
import { registerGuide } from './guide.ts'
import { registerLab } from './lab/api/register-lab.ts'
import { handlersWithFaults, hourlyWithFaults } from './lab/faults/faulty-http.ts'
import type { LabParts } from './lab-parts.ts'
import { registerLanding } from './landing/register-landing.ts'
import { ParallelLimit } from './limits/parallel.ts'
import type { Market } from './market.ts'
import { answerErrorAsRefusal, answerRefusal } from './published/answer-refusals.ts'
import { canonicalUrl } from './published/canonical-url.ts'
import { publishedHandlers } from './published/published-handlers.ts'
import { type Counting, registerPublished } from './published/register-published.ts'
import { doUpkeep } from './upkeep.ts'

// A page with many pictures asks for some dozens at once, behind a proxy that speaks HTTP/2.
const filesOfReader = 32

type Serving = {
  version: string
  isSecure: boolean
  isStopping: () => boolean
  /** Whether `/metrics` is here. */
  hasMetrics: boolean
  labParts: LabParts | undefined
  /** Where the desk is that is served beside the market, once it is. */
  findDesk?: (() => string | undefined) | undefined
  /** Where the database is asked whether it is there: a pool that is busy with requests would say no, and a balancer leave out all. */
  leaseSql: Sql
  connections: Connections
}

/** The HTTP application of a market, with every path that it has. */
export async function makeApp(market: Market, serving: Serving): Promise<FastifyInstance> {
  const {
    version,
    isSecure,
    isStopping,
    hasMetrics,
    labParts,
    findDesk = () => undefined,
    leaseSql,
    connections,
  } = serving
  const { metrics } = market
  const errors = errorsOf(market)
  const hasLab = labParts !== undefined
  const app = makeEmptyApp(market, connections)
  registerHealth(app, {
    isStopping,
    isDatabaseThere: () => leaseSql`select 1`.then(() => true),
    areFilesThere: () => market.files.isThere(),
  })
  if (hasMetrics) metrics.register(app)
  registerDocuments(app, { version, hasLab })
  registerGuide(app)
  registerPublishedWith(labParts, app, market)
  await registerAdmin(app, { market, version, errors })
  await registerBuyer(app, { market, version, errors })
  if (labParts) {
    const needs = { ...market, ...labParts, doUpkeep: () => doUpkeep(market) }
    await registerLab(app, { market: needs, version, errors })
  }
  registerFiles(app, {
    ...market,
    readerOf: (headers, key) => findFileReader(market, headers, key),
    underWay: new ParallelLimit<string>(filesOfReader),
    isExpired: labParts && (key => labParts.lab.isLinkExpired(key)),
  })
  registerLanding(app, { version, findDesk })
  await registerConsole(app, { ...market, version, isSecure, hasLab, errors })
  return app
}

/** An application for the metrics alone, for a port that only the operator reaches. */
export function makeMetricsApp(market: Market, connections: Connections): FastifyInstance {
  const app = makeEmptyApp(market, connections)
  market.metrics.register(app)
  return app
}

function makeEmptyApp(market: Market, connections: Connections): FastifyInstance {
  const errors = errorsOf(market)
  return makeServer({
    metrics: market.metrics,
    connections,
    log: market.log,
    traces: market.traces,
    rewriteUrl: canonicalUrl,
    answerError: (error, request, reply) => answerErrorAsRefusal(error, { request, reply, errors }),
    answerUnknownPath,
    brokenBody: sentence => JSON.stringify(errorBody(refusals.unreadable(sentence))),
  })
}

function errorsOf({ log }: Pick<Market, 'log'>): ErrorContext {
  return { log, findShortage: error => findS3Shortage(error) ?? findShortage(error), problemOf }
}

/** The published API, in which a lab makes things go wrong. */
function registerPublishedWith(labParts: LabParts | undefined, app: FastifyInstance, market: Market): void {
  const handlers = publishedHandlers(market)
  if (labParts) {
    const { lab } = labParts
    const hourly = hourlyWithFaults(market.hourly, lab)
    const onAnswered: Counting['onAnswered'] = (operation, refusal) => lab.tally.add(refusal ?? 'ok', operation)
    registerPublished(app, { ...market, hourly, onAnswered }, handlersWithFaults(handlers, lab))
  } else registerPublished(app, market, handlers)
}

/** A published refusal that an API of the market's own passes on; or what was there when a request began, and is not when it writes. */
function problemOf(error: unknown): HttpProblem | undefined {
  if (isOwnerGone(error)) return problems.conflict('What this is about was removed meanwhile: look again.')
  return error instanceof Refusal ? new HttpProblem(error.status, error.messages.join('; ')) : undefined
}

function answerUnknownPath(url: string, reply: FastifyReply): FastifyReply {
  if (/^\/(admin|buyer|lab)\//.test(url)) return answerProblem(reply, noSuchPath())
  // differs: an unknown path has no resource, so its answer has no rate-limit headers.
  return answerRefusal(reply, refusals.resourceNotFound())
}
