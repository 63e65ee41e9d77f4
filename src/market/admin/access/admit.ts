import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { BusinessId, Operation } from '#contract'
import {
  bearerOf,
  defineEndpoint,
  isSameSecret,
  MisfitError,
  operationOf,
  problems,
  readParameters,
  type Texts,
} from '#serving'
import { type ConsoleSessions, hasConsoleHeader, sessionCookieOf } from '../../console/sessions.ts'
import type { Secrets } from '../../keys/secrets.ts'
import { type BusinessTokens, isBusinessToken } from './business-token.ts'
import { OfBusiness } from './parameters.ts'

/** Who calls the admin API: whoever runs the market, or a business that may call this operation. */
export type Admin = {
  raw: IncomingMessage
  /** The body of an operation's answer as this server sends it. */
  serialize: (answer: object, operation: Pick<Operation, 'response'>) => string
}

/** An endpoint of the admin API whose handler is given the caller's request, too. */
export function adminEndpoint<const O extends Operation, Needs>(
  operation: O,
  handle: Parameters<typeof defineEndpoint<O, Needs, Admin>>[1],
) {
  return defineEndpoint<O, Needs, Admin>(operation, handle)
}

/** By what a caller is recognized. */
export type Admission = {
  secrets: Pick<Secrets, 'adminToken'>
  businessTokens: BusinessTokens
  consoleSessions: ConsoleSessions
}

/** Admits the admin token and the console; and a business's token, if the operation is for businesses and its path names that one. */
export async function admitToAdminApi(
  request: FastifyRequest,
  reply: FastifyReply,
  admission: Admission,
): Promise<Admin> {
  const admin: Admin = {
    raw: request.raw,
    serialize: (answer, { response }) => {
      const schema: object = response
      return String(reply.serializeInput({ ...answer }, schema as Record<string, unknown>)) // as every object
    },
  }
  const token = bearerOf(request.headers)
  if (token === undefined || !isBusinessToken(token)) {
    await admitAdmin(request, admission)
    return admin
  }
  const businessId = await admission.businessTokens.read(token)
  if (businessId === undefined) throw problems.badToken('a cabinet')
  if (businessOf(request) !== businessId)
    throw problems.forbidden('A cabinet token opens what is for cabinets, of its own cabinet: send the admin token.')
  return admin
}

/** Admits the admin token and the console alone. */
export async function admitAdmin({ headers }: FastifyRequest, admission: Admission): Promise<void> {
  const token = bearerOf(headers)
  if (token !== undefined) {
    if (!isSameSecret(token, admission.secrets.adminToken)) throw problems.badToken('the admin')
    return
  }
  if (hasConsoleHeader(headers) && (await isConsole(headers, admission))) return
  throw problems.noToken('the admin')
}

/** Whether the request has the cookie of a session of the console. */
async function isConsole(
  headers: IncomingHttpHeaders,
  { consoleSessions }: Pick<Admission, 'consoleSessions'>,
): Promise<boolean> {
  const cookie = sessionCookieOf(headers)
  return cookie !== undefined && (await consoleSessions.read(cookie))
}

/** Whether a request may read what the admin may, without the console's header: an image on a page cannot send one. */
export async function mayAdminRead(headers: IncomingHttpHeaders, admission: Omit<Admission, 'businessTokens'>) {
  const token = bearerOf(headers)
  if (token !== undefined) return isSameSecret(token, admission.secrets.adminToken)
  // A page of another site makes the browser send the cookie, too.
  const { 'sec-fetch-site': site = 'same-origin' } = headers
  return ['same-origin', 'none'].includes(String(site)) && isConsole(headers, admission)
}

/** The business in the path of an operation for businesses, read as its handler will read it. */
function businessOf(request: FastifyRequest): BusinessId | undefined {
  const operation = operationOf(request)
  if (!operation?.isForBusiness) return undefined
  try {
    return readParameters(OfBusiness, request.params as Texts).businessId // texts: Fastify's path parameters
  } catch (error) {
    if (error instanceof MisfitError) return undefined
    throw error
  }
}
