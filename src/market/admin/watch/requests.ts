import { dateTime, idOf, int32, keysOf, oneOf, operations, type Static, Type } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { HttpProblem, type PageTokens, problems, whileConnected } from '#serving'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { openPageToken } from '../../own-apis/paging.ts'
import { keptSince } from '../../query-log/kept-since.ts'
import { findKnownPlace } from '../../query-log/known-place.ts'
import type { Found, Search } from '../../query-log/search-requests.ts'
import { maxSearchesWaiting, type Searches } from '../../query-log/searches.ts'
import type { RequestPosition, RequestRow } from '../../store/requests.ts'
import { adminEndpoint } from '../access/admit.ts'
import { nextPageToken, OfBusiness, Paging, usual } from '../access/parameters.ts'
import { requireBusiness } from '../access/require.ts'

const operationNames = keysOf(operations)

const UnknownField = Type.Object(
  {
    at: Type.String({ description: 'Its place: body.limit.' }),
    known: Type.Optional(
      Type.String({ description: 'A place of almost that name that the operation does know: query.limit.' }),
    ),
  },
  { title: 'UnknownField' },
)

const LoggedRequest = Type.Object(
  {
    requestId: idOf<bigint>('Tells it from others of the same moment.'),
    at: dateTime('When it came, UTC.'),
    method: Type.String({ description: 'The HTTP method.' }),
    path: Type.String({ description: 'The path with its query, as it was sent.' }),
    operation: Type.String({ description: 'The published name of the operation.' }),
    status: int32({ description: 'The status of the answer.' }),
    durationMs: int32({ description: 'How long the answer took.' }),
    traceId: Type.String({ description: 'The trace id of the answer, 32 hexadecimal digits.' }),
    integration: Type.String({ description: 'The name of the key that it came with.' }),
    keyId: idOf<bigint>('The key that it came with.'),
    requestBody: Type.Optional(
      Type.String({ description: 'The body as text; of a file, its name and size. Left out if empty.' }),
    ),
    responseBody: Type.Optional(Type.String({ description: 'The body of the answer. Left out if empty.' })),
    unknownFields: Type.Optional(
      Type.Array(UnknownField, {
        description:
          'What the query and the body had that the operation does not know. It was ignored. Up to 20; left out if there is none.',
      }),
    ),
    isCut: Type.Boolean({
      description:
        'Whether a body was longer than what is kept of it: 64 KB of a request; of an answer of more than 8 KB the first 4 KB.',
    }),
  },
  { title: 'LoggedRequest' },
)

function view({ at, requestBody, responseBody, unknownFields, ...request }: RequestRow): Static<typeof LoggedRequest> {
  return {
    ...request,
    at: at.toISOString(),
    ...(requestBody !== null && { requestBody }),
    ...(responseBody !== null && { responseBody }),
    ...(unknownFields && { unknownFields: unknownFields.map(place => viewUnknown(request.operation, place)) }),
  }
}

function viewUnknown(operation: string, at: string): Static<typeof UnknownField> {
  const known = findKnownPlace(operation, at)
  return { at, ...(known !== undefined && { known }) }
}

const statusPattern = /^([1-5])(\d\d|xx)$/

const filters = {
  operation: Type.Optional(oneOf(operationNames, { description: 'Only requests of this operation.' })),
  status: Type.Optional(
    Type.String({
      pattern: statusPattern.source,
      description: 'Only answers of this status (404) or of this class (4xx).',
    }),
  ),
  text: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'Only with this text in the path or a body, in either case.',
    }),
  ),
  integration: Type.Optional(Type.String({ description: 'Only requests with keys of this name.' })),
}

type Needs = { sql: Sql; searches: Searches; clock: Clock; pageTokens: PageTokens }

export const listRequests = adminEndpoint(
  defineOwnOperation({
    name: 'listRequests',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/requests',
    tag: 'query log',
    summary: 'Read the query log',
    description:
      'Requests to the published API with keys of the business, and their answers, newest first. They appear within a second and stay for 10 days. An operation, and a status from 300 on, are found however rare they are. With any other filter, or with more than one, a page looks through 4 000 requests at the most and may have found few or none of them: there may be more as long as there is nextPageToken. A business has one search at a time and a few that wait; a search whose caller hangs up is ended.',
    isForBusiness: true,
    params: OfBusiness,
    query: Type.Object({ ...filters, ...Paging.properties }),
    response: Type.Object({
      requests: Type.Array(LoggedRequest),
      nextPageToken,
      searchedBack: dateTime('How far back this page has looked, UTC.'),
    }),
    refusals: [...usual, 403, 404, 429],
  }),
  async ({ sql, searches, clock, pageTokens }: Needs, { raw, params, query: { pageToken, limit = 0, ...filter } }) => {
    const { businessId } = await requireBusiness(sql, params.businessId)
    const owner = ['listRequests', businessId, filter]
    const texts = openPageToken(pageTokens, owner, { pageToken })
    const before = texts && readPosition(texts)
    const search: Search = { ...filter, statuses: readStatuses(filter.status), before, limit }
    const { found, next } = foundBy(await whileConnected(raw, signal => searches.run(businessId, search, signal)))
    return {
      requests: found.map(view),
      ...(next && { nextPageToken: pageTokens.seal(owner, [next.at.toISOString(), `${next.requestId}`]) }),
      searchedBack: (next?.at ?? keptSince(clock.now())).toISOString(),
    }
  },
)

function foundBy(outcome: Awaited<ReturnType<Searches['run']>>): Found {
  if (outcome === 'too many')
    throw problems.tooMany(
      `A search of this business is under way and ${maxSearchesWaiting} wait: try again when one is done.`,
      { retryAfterSeconds: 1 },
    )
  if (outcome === 'too long')
    throw new HttpProblem(
      503,
      'The search took too long and was ended: look for an operation, a status or an integration, or ask for fewer at a time.',
    )
  return outcome
}

function readPosition([at = '', requestId = '']: string[]): RequestPosition {
  return { at: new Date(at), requestId: BigInt(requestId) }
}

function readStatuses(status: string | undefined): Search['statuses'] {
  if (status === undefined) return undefined
  const [, hundreds, rest] = statusPattern.exec(status) ?? []
  if (hundreds === undefined) throw problems.misfit('status', 'is neither a status (404) nor a class of them (4xx)')
  const [from, to] = rest === 'xx' ? ['00', '99'] : [rest, rest]
  return { from: Number(`${hundreds}${from}`), to: Number(`${hundreds}${to}`) }
}
