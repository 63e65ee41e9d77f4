import type { IncomingMessage } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Operation } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { defineEndpoint, HttpProblem, operationOf, problems } from '#serving'
import { readSession, sessionSeconds } from '../../accounts/sessions.ts'
import type { SessionData } from '../../store/sessions.ts'
import { may, neededRole, openToAll } from './rights.ts'
import { sessionCookie, sessionCookieOf } from './session-cookie.ts'

/** Who calls the desk. */
export type Caller = {
  raw: IncomingMessage
  address: string
  session: SessionData | undefined
  /** Gives the browser the cookie of a session; an empty one takes it away. */
  setCookie(value: string): void
}

/** A caller who is signed in. */
export type Person = Omit<Caller, 'session'> & { session: SessionData }

/** By what a caller is recognized. */
export type Admission = { sql: Sql; clock: Clock; isSecure: boolean }

/** An endpoint for people who are signed in. */
export function personalEndpoint<const O extends Operation, Needs>(
  operation: O,
  handle: Parameters<typeof defineEndpoint<O, Needs, Person>>[1],
) {
  return defineEndpoint<O, Needs, Caller>(operation, (needs, call) => {
    const { session } = call
    if (session === undefined) throw new TypeError(`${operation.name} was reached by somebody who is not signed in`)
    return handle(needs, { ...call, session })
  })
}

/** Admits whose session and role allow the operation. A page of another site is refused whatever it sends. */
export async function admit(request: FastifyRequest, reply: FastifyReply, admission: Admission): Promise<Caller> {
  refuseOtherSites(request)
  const { name = '', verb = request.method } = operationOf(request) ?? {}
  const session = await findSession(request, admission)
  if (!openToAll.has(name)) {
    if (session === undefined) throw notSignedIn()
    const needed = neededRole(name, verb)
    if (!may(session.role, needed))
      throw problems.forbidden(`This is for the role ${needed}; yours is ${session.role}.`)
  }
  return {
    ...{ raw: request.raw, address: request.ip, session },
    setCookie: value => {
      reply.header('set-cookie', sessionCookie(value, { isSecure: admission.isSecure, seconds: sessionSeconds }))
    },
  }
}

/** The session of which the request has the cookie. */
export function findSession({ headers }: FastifyRequest, admission: Admission): Promise<SessionData | undefined> {
  const cookie = sessionCookieOf(headers)
  return cookie === undefined ? Promise.resolve(undefined) : readSession(admission, cookie)
}

/** Browsers say where a request comes from; and a page of another site cannot send a header of ours without asking first. */
export function refuseOtherSites({ headers, method }: FastifyRequest): void {
  const { 'sec-fetch-site': site = 'same-origin' } = headers
  if (!['same-origin', 'none'].includes(String(site)))
    throw problems.forbidden('A page of another site may not ask the desk.')
  if (method !== 'GET' && method !== 'HEAD' && headers['x-prilavok-desk'] !== '1')
    throw problems.forbidden('Send "x-prilavok-desk: 1" with whatever changes something.')
}

export const notSignedIn = () => new HttpProblem(401, 'Nobody is signed in here: sign in first.')
