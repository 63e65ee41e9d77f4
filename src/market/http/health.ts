import type { FastifyInstance } from 'fastify'
import type { Sql } from '../store/connect.ts'
import type { Metrics } from './metrics.ts'

const databasePatienceMs = 1_000

type Vitals = { sql: Sql; metrics: Metrics; isStopping: () => boolean }

/** For whoever watches over the process: alive, ready for traffic, and its figures. */
export function registerHealth(app: FastifyInstance, { sql, metrics, isStopping }: Vitals): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    if (isStopping()) return reply.code(503).send({ status: 'stopping' })
    if (await answers(sql)) return { status: 'ready' }
    return reply.code(503).send({ status: 'the database is away' })
  })
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  )
}

async function answers(sql: Sql): Promise<boolean> {
  const late = new Promise<false>(resolve => setTimeout(() => resolve(false), databasePatienceMs).unref())
  try {
    return await Promise.race([sql`select 1`.then(() => true), late])
  } catch {
    return false // whatever it is, the database does not answer
  }
}
