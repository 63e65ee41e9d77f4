import type { FastifyInstance } from 'fastify'
import { deadline } from '#kit'

const patienceMs = 1_000

type Vitals = {
  isStopping: () => boolean
  /** Whether the database answers; a rejection means that it does not. */
  isDatabaseThere: () => Promise<boolean>
  /** The same for a store of files, if there is one. Without it all else goes on. */
  areFilesThere?: () => Promise<boolean>
}

/** `/healthz`: the process lives. `/readyz`: it can take requests. */
export function registerHealth(app: FastifyInstance, { isStopping, isDatabaseThere, areFilesThere }: Vitals): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    if (isStopping()) return reply.code(503).send({ status: 'stopping' })
    const [isThere, areFiles = true] = await Promise.all([soon(isDatabaseThere), areFilesThere && soon(areFilesThere)])
    if (!isThere) return reply.code(503).send({ status: 'the database is away' })
    return areFiles ? { status: 'ready' } : { status: 'ready', files: 'away' }
  })
}

async function soon(isThere: () => Promise<boolean>): Promise<boolean> {
  return (
    (await deadline(
      patienceMs,
      isThere().catch(() => false),
    )) === true
  )
}
