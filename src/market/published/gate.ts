import type { FastifyReply, FastifyRequest } from 'fastify'
import { type BusinessId, headers, idempotencyKeptDays, type Operation, parseInt64, refusals } from '#contract'
import type { Clock } from '#kit'
import type { OfTexts } from '#serving'
import type { Keyring } from '../keys/keyring.ts'
import { type HourlyLimit, windowEnd } from '../limits/hourly.ts'
import type { ParallelLimit } from '../limits/parallel.ts'
import type { ParallelOfCampaigns } from '../limits/parallel-of-campaigns.ts'
import type { KeyWithBusiness } from '../store/keys.ts'
import { authenticate } from './authenticate.ts'

/** What is checked before every operation of the published API: key, limits, scope, whether the business may use the API. */
export type Gate = {
  keyring: Keyring
  hourly: Pick<HourlyLimit, 'take' | 'giveBack'>
  parallel: ParallelLimit<bigint>
  parallelOfCampaigns: ParallelOfCampaigns
  clock: Clock
}

/** Finds the key of a request. A request without a valid key counts against no limit. */
export async function identify(
  gate: Gate,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<KeyWithBusiness> {
  tellFullHour(gate, operation, reply)
  if (operation.apiKeyOnly && request.headers[headers.apiKey] === undefined) {
    throw request.headers[headers.authorization] === undefined ? refusals.noCredentials() : refusals.keyNotSpecified()
  }
  return authenticate(gate.keyring, request.headers)
}

type Admission = {
  operation: Operation
  key: KeyWithBusiness
  request: FastifyRequest<OfTexts>
  reply: FastifyReply
}

/** Admits a request of a key. It counts against the hour of the key's business, unless a limit refuses it or it ends in 5xx. */
export async function admit(gate: Gate, { operation, key, request, reply }: Admission): Promise<void> {
  await takePlace(gate, key, request, reply)
  await takeHour(gate.hourly, operation, key.businessId, reply)
  if (!operation.scopes.some(scope => key.scopes.includes(scope))) throw refusals.noScope(operation)
}

/** One of the parallel requests: of the campaign that the path names, if it is the business's, else of the business. */
async function takePlace(
  { parallel, parallelOfCampaigns }: Gate,
  { businessId }: KeyWithBusiness,
  { params }: FastifyRequest<OfTexts>,
  { raw }: FastifyReply,
): Promise<void> {
  const text = params['campaignId']
  const campaignId = typeof text === 'string' ? parseInt64(text) : undefined
  if (campaignId !== undefined) {
    const place = await parallelOfCampaigns.enterUntilClosed(businessId, campaignId, raw)
    if (place === 'full') throw refusals.tooManyParallel(parallelOfCampaigns.max, 'campaignId', campaignId)
    if (place === 'taken') return
  }
  if (!parallel.enterUntilClosed(businessId, raw))
    throw refusals.tooManyParallel(parallel.max, 'businessId', businessId)
}

async function takeHour(
  hourly: Gate['hourly'],
  operation: Operation,
  businessId: BusinessId,
  reply: FastifyReply,
): Promise<void> {
  const quota = await hourly.take(businessId, operation)
  tellLimits(reply, quota)
  if (!quota.isGranted) throw refusals.tooManyPerHour(operation, businessId)
  reply.raw.once('finish', () => {
    if (reply.statusCode >= 500) hourly.giveBack(businessId, operation, quota)
  })
}

/** The headers of a full hour, for an answer that counts against no limit. */
export function tellFullHour({ clock }: Pick<Gate, 'clock'>, { perHour }: Operation, reply: FastifyReply): void {
  tellLimits(reply, { limit: perHour, remaining: perHour, until: windowEnd(clock.now()) })
}

function tellLimits(
  reply: FastifyReply,
  { limit, remaining, until }: { limit: number; remaining: number; until: Date },
): void {
  reply
    .header(headers.limit, limit)
    .header(headers.remaining, remaining)
    .header(headers.until, untilText(until))
    // differs: the published API has no idempotency keys and announces none.
    .header(headers.idempotencyAnnounced, idempotencyAnnounced)
}

const idempotencyAnnounced = `${idempotencyKeptDays}d`

/** The end of an hour as a header has it; the last one is kept, since it is the same for an hour. */
let lastUntil = { at: Number.NaN, text: '' }
function untilText(until: Date): string {
  const at = until.getTime()
  if (lastUntil.at !== at) lastUntil = { at, text: until.toUTCString() }
  return lastUntil.text
}

/** The business that a path names must be the key's, and must be allowed to use the API. */
export function checkBusiness(key: KeyWithBusiness, businessId: bigint): void {
  if (businessId !== key.businessId) throw refusals.accessDenied()
  if (key.apiDisabled) throw refusals.apiDisabled(businessId)
}
