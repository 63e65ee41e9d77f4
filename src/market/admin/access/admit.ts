import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { BusinessId, Operation } from '#contract'
import { bearerOf, defineEndpoint, MisfitError, operationOf, problems, readParameters, type Texts } from '#serving'
import { hasConsoleHeader, sessionCookieOf } from '../../console/session-cookie.ts'
import type { ConsoleSessions } from '../../console/sessions.ts'
import type { AdminToken } from '../../tokens/admin-token.ts'
import type { Grant } from '../../tokens/revocations.ts'
import { type BusinessTokens, isBusinessToken } from './business-token.ts'
import { OfBusiness } from './parameters.ts'

/** Who calls the admin API: whoever runs the market, or a business that may call this operation. */
export type Admin = {
  raw: IncomingMessage
  /** By what the caller was admitted: what lasts longer than the call ends when it is revoked. */
  grant: Grant
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
  adminToken: AdminToken
  businessTokens: BusinessTokens
  consoleSessions: ConsoleSessions
}

/** Admits the admin token and the console; and a business's token, if the operation is for businesses and its path names that one. */
export async function admitToAdminApi(request: FastifyRequest, admission: Admission): Promise<Admin> {
  const token = bearerOf(request.headers)
  const isOfBusiness = token !== undefined && isBusinessToken(token)
  const grant = isOfBusiness ? await admitBusiness(request, token, admission) : await admitAdmin(request, admission)
  return { raw: request.raw, grant }
}

async function admitBusiness(request: FastifyRequest, token: string, { businessTokens }: Admission): Promise<Grant> {
  const caller = await businessTokens.read(token)
  if (caller === undefined) throw problems.badToken('a cabinet')
  if (businessOf(request) !== caller.businessId)
    throw problems.forbidden('A cabinet token opens what is for cabinets, of its own cabinet: send the admin token.')
  return caller.grant
}

/** Admits the admin token and the console alone. */
export async function admitAdmin({ headers }: FastifyRequest, admission: Admission): Promise<Grant> {
  const token = bearerOf(headers)
  if (token !== undefined) {
    const grant = await admission.adminToken.read(token)
    if (grant === undefined) throw problems.badToken('the admin')
    return grant
  }
  const session = hasConsoleHeader(headers) ? await findSession(headers, admission) : undefined
  if (session === undefined) throw problems.noToken('the admin')
  return session
}

/** The session of the console of which the request has the cookie. */
async function findSession(
  headers: IncomingHttpHeaders,
  { consoleSessions }: Pick<Admission, 'consoleSessions'>,
): Promise<Grant | undefined> {
  const cookie = sessionCookieOf(headers)
  return cookie === undefined ? undefined : consoleSessions.read(cookie)
}

/** Whether a request may read what the admin may, without the console's header: an image on a page cannot send one. */
export async function mayAdminRead(headers: IncomingHttpHeaders, admission: Omit<Admission, 'businessTokens'>) {
  const token = bearerOf(headers)
  if (token !== undefined) return (await admission.adminToken.read(token)) !== undefined
  // A page of another site makes the browser send the cookie, too.
  const { 'sec-fetch-site': site = 'same-origin' } = headers
  return ['same-origin', 'none'].includes(String(site)) && (await findSession(headers, admission)) !== undefined
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
