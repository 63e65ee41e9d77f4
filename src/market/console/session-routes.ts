import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { decode, parseJson, Type } from '#contract'
import { answerErrorsAsProblems, type ErrorContext, HttpProblem, problems, readText } from '#serving'
import { hasConsoleHeader, sessionCookie, sessionCookieOf } from './session-cookie.ts'
import type { ConsoleSessions } from './sessions.ts'

const path = '/console/session'
const SignIn = Type.Object({
  ticket: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  adminToken: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
})

export type SessionNeeds = {
  consoleSessions: ConsoleSessions
  /** Whether the console is reached by https alone. */
  isSecure: boolean
  version: string
  hasLab: boolean
  errors: ErrorContext
}

/** Sign-in and sign-out of the console. */
export async function registerSession(app: FastifyInstance, needs: SessionNeeds): Promise<void> {
  const { consoleSessions, isSecure, version, hasLab } = needs
  const setCookie = (reply: FastifyReply, value: string) =>
    reply.header('set-cookie', sessionCookie(value, { isSecure })).code(204)
  await app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (request: FastifyRequest) => readText(request.raw))
    answerErrorsAsProblems(scope, needs.errors)
    scope.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store')
      if (!hasConsoleHeader(request.headers)) throw problems.forbidden('Send "x-prilavok-console: 1".')
    })
    scope.get(path, async request => {
      const cookie = sessionCookieOf(request.headers)
      const signedIn = cookie !== undefined && (await consoleSessions.read(cookie)) !== undefined
      return { signedIn, version, hasLab }
    })
    scope.post(path, async (request, reply) => {
      const { ticket, adminToken } = readSignIn(request.body)
      const value = await consoleSessions.open(ticket ?? adminToken ?? '')
      if (value === undefined) throw refused(ticket !== undefined)
      return setCookie(reply, value).send()
    })
    scope.delete(path, async (request, reply) => {
      const cookie = sessionCookieOf(request.headers)
      if (cookie !== undefined) await consoleSessions.close(cookie)
      return setCookie(reply, '').send()
    })
  })
}

function readSignIn(body: unknown): { ticket?: string; adminToken?: string } {
  const parsed = parseJson(typeof body === 'string' ? body : '')
  if (!parsed.ok) throw problems.misfit('body', parsed.why)
  const read = decode(SignIn, parsed.value)
  if (!read.ok) throw problems.misfit('body', 'must have ticket or adminToken, a text')
  return read.value
}

function refused(isTicket: boolean): HttpProblem {
  return new HttpProblem(
    401,
    isTicket
      ? 'This link was used, is older than a week, or everybody was signed out since: take the one that was printed last, or send adminToken.'
      : 'This is not the admin token of this market.',
  )
}
