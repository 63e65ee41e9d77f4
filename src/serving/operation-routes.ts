import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import type { Operation } from '#contract'
import { checkJsonHeaders, readText } from './body.ts'
import { MisfitError } from './misfit.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation
  }
}

const verbs: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']

/** The path of an operation as Fastify writes it. */
export function routeOf(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1')
}

export function operationOf(request: FastifyRequest): Operation | undefined {
  return request.routeOptions.config.operation
}

/**
 * Bodies are read here alone: JSON as text within its bound, a file's parts by its handler as they come. What is sent to
 * an operation without a body is not looked at.
 */
export function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addHook('preParsing', (request, _reply, _payload, done) => {
    const operation = operationOf(request)
    // Else Fastify would refuse types that it has no parser for.
    if (operation && !operation.body && !operation.filePart) delete request.raw.headers['content-type']
    done()
  })
  app.addContentTypeParser('*', async (request: FastifyRequest) => {
    const operation = operationOf(request)
    if (operation?.body === undefined) return undefined
    checkJsonHeaders(request.headers)
    return readText(request.raw, operation.bodyMaxBytes)
  })
}

/** Answers verbs that no operation of a path has with 405 and an Allow header of those that it has. */
export function refuseOtherVerbs(
  app: FastifyInstance,
  declared: readonly Operation[],
  tellMore: (reply: FastifyReply, operation: Operation) => void = () => {},
): void {
  for (const [path, operations] of Map.groupBy(declared, operation => operation.path)) {
    const known: string[] = operations.map(operation => operation.verb)
    // Fastify answers HEAD wherever there is a GET; a stream has no end to tell of.
    if (operations.some(({ verb, responseType }) => verb === 'GET' && !responseType)) known.push('HEAD')
    const allowed = known.sort().join(', ')
    app.route({
      method: verbs.filter(verb => !known.includes(verb)),
      url: routeOf(path),
      onRequest: async (request, reply) => {
        reply.header('allow', allowed)
        for (const operation of operations.slice(0, 1)) tellMore(reply, operation)
        throw new MisfitError({ where: 'verb', why: 'not supported', text: request.method })
      },
      handler: () => undefined,
    })
  }
}
