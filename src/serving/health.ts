import type { FastifyInstance } from 'fastify'
import { deadline } from '#kit'

const patienceMs = 1_000

type Vitals = {
  isStopping: () => boolean
  /** Whether the database answers; a rejection means that it does not. */
  isDatabaseThere: () => Promise<boolean>
}

/** `/healthz`: the process lives. `/readyz`: it can take requests. */
export function registerHealth(app: FastifyInstance, { isStopping, isDatabaseThere }: Vitals): void {
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
}
