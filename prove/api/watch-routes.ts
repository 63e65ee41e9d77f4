import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import type { Route } from './routes.ts'

const channel = 'fastify.initialization'

/** What answers besides the five APIs: it says the same to everybody, or belongs to the console. */
const others =
  /^\/($|healthz|readyz|metrics|docs|guide|console|(buyer|admin|lab)(\/openapi\.json|\/\*)?$|openapi\.json$)/

/** Notes the paths of all servers of this process that are made from now on, until it is asked. */
export function watchRoutes(): { undeclared(routes: readonly Route[]): string[] } {
  const seen = new Set<string>()
  const listen = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance } // as Fastify documents its channel
    fastify.addHook('onRoute', ({ url }) => void seen.add(url))
  }
  subscribe(channel, listen)
  return {
    undeclared(routes) {
      unsubscribe(channel, listen)
      if (seen.size === 0) return ['no server told of its routes']
      const declared = new Set(routes.map(({ path }) => path.replace(/\{(\w+)\}/g, ':$1')))
      return [...seen].filter(path => !declared.has(path) && !others.test(path))
    },
  }
}
