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
import { type CabinetTokens, isCabinetToken } from './business-token.ts'

/** Who calls the admin API: whoever runs the market, or a cabinet that may do what it calls. */
export type Admin = {
  raw: IncomingMessage
  /** The body of an operation's answer as this server sends it. */
  spell: (answer: unknown, operation: Pick<Operation, 'response'>) => string
}

/** An endpoint of the admin API that needs to know more than its call. */
export function adminEndpoint<const O extends Operation, Needs>(
  operation: O,
  handle: Parameters<typeof defineEndpoint<O, Needs, Admin>>[1],
) {
  return defineEndpoint<O, Needs, Admin>(operation, handle)
}

/** What tells who they are. */
export type Admission = {
  secrets: Pick<Secrets, 'adminToken'>
  cabinetTokens: CabinetTokens
  consoleSessions: ConsoleSessions
}

type Json = Record<string, unknown>

/** Admits the admin token and the console, and a cabinet's token where the operation is for cabinets and the path is its own. */
export async function admitToCabinet(
  request: FastifyRequest,
  reply: FastifyReply,
  admission: Admission,
): Promise<Admin> {
  const admin: Admin = {
    raw: request.raw,
    // An answer is an object, and a JSON schema makes a text of it.
    spell: (answer, { response }) => reply.serializeInput(answer as Json, response as object as Json) as string,
  }
  const token = bearerOf(request.headers)
  if (token === undefined || !isCabinetToken(token)) {
    await admitAdmin(request, admission)
    return admin
  }
  const businessId = await admission.cabinetTokens.read(token)
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

/** Whether the request comes with the cookie of somebody who is signed in at the console. */
async function isConsole(
  headers: IncomingHttpHeaders,
  { consoleSessions }: Pick<Admission, 'consoleSessions'>,
): Promise<boolean> {
  const cookie = sessionCookieOf(headers)
  return cookie !== undefined && (await consoleSessions.read(cookie))
}

/** Whether a request that has no header of the console's may read as the admin does: by token, or a picture on a page of the console. */
export async function mayAdminRead(headers: IncomingHttpHeaders, admission: Omit<Admission, 'cabinetTokens'>) {
  const token = bearerOf(headers)
  if (token !== undefined) return isSameSecret(token, admission.secrets.adminToken)
  // Pages of other sites have nothing to look for here.
  const { 'sec-fetch-site': site = 'same-origin' } = headers
  return ['same-origin', 'none'].includes(String(site)) && isConsole(headers, admission)
}

/** The business in the path of an operation for cabinets, read as its handler will read it. */
function businessOf(request: FastifyRequest): BusinessId | undefined {
  const operation = operationOf(request)
  if (!operation?.isForCabinet || !operation.params) return undefined
  try {
    const params = readParameters(operation.params, request.params as Texts) // texts: Fastify's path parameters
    return params['businessId'] as BusinessId | undefined // so the parameter of that name is declared
  } catch (error) {
    if (error instanceof MisfitError) return undefined
    throw error
  }
}
