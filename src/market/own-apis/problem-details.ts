import { NotificationFailure, type Static, Type } from '#contract'
import { ProblemDetails } from '#serving'

/** The problem details of the market's own APIs; `failure` says why a PING failed, `quota` what a customer has used up. */
export const MarketProblemDetails = Type.Object(
  {
    ...ProblemDetails.properties,
    failure: Type.Optional(NotificationFailure),
    quota: Type.Optional(Type.String({ description: 'The quota that is used up, as buyer-quotas names it.' })),
  },
  { title: 'ProblemDetails', description: 'A refusal.' },
)
export type MarketProblemDetails = Static<typeof MarketProblemDetails>
