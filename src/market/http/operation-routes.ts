import type { FastifyInstance, FastifyRequest, HTTPMethods } from 'fastify'
import { type Operation, refusals } from '#contract'
import { checkJsonHeaders, readText } from './body.ts'

const verbs: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']

/** The path of an operation as Fastify writes it. */
export function routeOf(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1')
}

export function operationOf(request: FastifyRequest): Operation | undefined {
  return (request.routeOptions.config as { operation?: Operation }).operation // set by our routes alone
}

/** Bodies are read here alone: JSON as text within its bound, a file's parts by its handler as they come. */
export function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', async (request: FastifyRequest) => {
    if (request.is404 || operationOf(request)?.filePart) return undefined
    checkJsonHeaders(request.headers)
    return readText(request.raw)
  })
}

/** Verbs that no operation on a path has are told so. */
export function refuseOtherVerbs(app: FastifyInstance, declared: readonly Operation[]): void {
  for (const path of new Set(declared.map(operation => operation.path))) {
    const known: string[] = declared.filter(operation => operation.path === path).map(operation => operation.verb)
    // Fastify answers HEAD wherever there is a GET.
    if (known.includes('GET')) known.push('HEAD')
    app.route({
      method: verbs.filter(verb => !known.includes(verb)),
      url: routeOf(path),
      onRequest: async request => {
        throw refusals.methodNotSupported(request.method)
      },
      handler: () => undefined,
    })
  }
}
