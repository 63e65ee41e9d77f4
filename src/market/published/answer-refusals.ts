import type { FastifyReply, FastifyRequest } from 'fastify'
import { errorBody, formatSize, Refusal, type RefusalName, refusals } from '#contract'
import { isOwnerGone } from '#database'
import { type ErrorContext, failureOf, type Misfit } from '#serving'

declare module 'fastify' {
  interface FastifyRequest {
    /** Of the published API: which refusal was answered. */
    refusedWith: RefusalName | undefined
  }
}

/** The one place where an error of the published API becomes an answer. The answer to an error that is no refusal has none of its text. */
export function answerErrorAsRefusal(
  error: unknown,
  { request, reply, errors }: { request: FastifyRequest; reply: FastifyReply; errors: ErrorContext },
): FastifyReply {
  return answerRefusal(reply, error instanceof Refusal ? error : refusalOfError(error, request, errors))
}

/** What was there when a request began, and was removed before it wrote, is not found. */
function refusalOfError(error: unknown, request: FastifyRequest, errors: ErrorContext): Refusal {
  return isOwnerGone(error) ? refusals.resourceNotFound() : refusalOfFailure(failureOf(error, request, errors))
}

export function answerRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  reply.request.refusedWith = refusal.kind
  return reply
    .code(refusal.status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(errorBody(refusal)))
}

function refusalOfFailure(failure: ReturnType<typeof failureOf>): Refusal {
  if (failure === 'unavailable') return refusals.unavailable()
  if (failure === 'internal') return refusals.internal()
  return refusalOf(failure)
}

/** In the published words. Optional parameters are called "Parameter …", required ones by their name alone. */
function refusalOf(misfit: Misfit): Refusal {
  switch (misfit.why) {
    case 'type':
      return refusals.typeMismatch(misfit.text)
    case 'bounds':
      return misfit.isRequired ? refusals.fits(misfit.issues) : refusals.parameterFits(misfit.issues)
    case 'missing':
      return misfit.where === 'body' ? refusals.bodyMissing() : refusals.parameterMissing(misfit.name)
    case 'unreadable':
    case 'broken':
      return refusals.unreadable(misfit.sentence)
    case 'issues':
      return refusals.fits(misfit.issues)
    case 'too big':
      return refusals.tooBig(formatSize(misfit.maxBytes), formatSize(misfit.passedBytes))
    case 'content type':
      return refusals.contentTypeNotSupported(misfit.text)
    case 'content encoding':
      return refusals.contentEncodingNotSupported(misfit.text)
    case 'expectation':
      return refusals.expectationFailed(misfit.text)
    case 'not supported':
      return refusals.methodNotSupported(misfit.text)
  }
}
