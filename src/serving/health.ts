import type { FastifyInstance } from 'fastify'
import { deadline } from '#kit'
import type { HttpMetrics } from './metrics.ts'

const patienceMs = 1_000

type Vitals = {
  metrics: HttpMetrics
  isStopping: () => boolean
  /** Whether the database answers; a rejection means that it does not. */
  isDatabaseThere: () => Promise<boolean>
}

/** `/healthz`: the process lives. `/readyz`: it can take requests. `/metrics`: its figures. */
export function registerHealth(app: FastifyInstance, { metrics, isStopping, isDatabaseThere }: Vitals): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    if (isStopping()) return reply.code(503).send({ status: 'stopping' })
    const isThere = await deadline(
      patienceMs,
      isDatabaseThere().catch(() => false),
    )
    if (isThere) return { status: 'ready' }
    return reply.code(503).send({ status: 'the database is away' })
  })
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  )
}
