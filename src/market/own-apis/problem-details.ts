import { type Static, Type } from 'typebox'
import { NotificationFailure } from '#contract'
import { ProblemDetails } from '#serving'

/** The problem details of the market's own APIs; `failure` says why a PING failed. */
export const MarketProblemDetails = Type.Object(
  { ...ProblemDetails.properties, failure: Type.Optional(NotificationFailure) },
  { title: 'ProblemDetails', description: 'A refusal.' },
)
export type MarketProblemDetails = Static<typeof MarketProblemDetails>
