/**
 * HTTP for any room that answers it: operations with their OpenAPI, problem details, event streams, tokens, health, metrics,
 * static pages, a stop that finishes what is under way. Knows no envelope and no domain word; imports kit and the contract's tools.
 */
export { answerErrorsAsProblems, answerProblem, noSuchPath } from './answer-problems.ts'
export { bearerOf, isSameSecret, splitAuthorization } from './bearer.ts'
export { checkEncoding, readText } from './body.ts'
export { StreamLines } from './connections/stream-lines.ts'
export { defineEndpoint, type Endpoint, type NeedsOf, registerApi } from './endpoint.ts'
export { EventStream } from './event-stream.ts'
export { type ErrorContext, failureOf } from './failure.ts'
export { registerHealth } from './health.ts'
export { HttpServer } from './http-server.ts'
export { HttpMetrics } from './metrics.ts'
export { type Misfit, MisfitError } from './misfit.ts'
export { acceptBodies, operationOf, refuseOtherVerbs, routeOf } from './operation-routes.ts'
export { PageTokens } from './page-token.ts'
export { HttpProblem, ProblemDetails, problems } from './problem.ts'
export { type Input, type OfTexts, readBody, readParameters, type Texts } from './read-call.ts'
export { makeServer } from './server.ts'
export { type Claims, SignedTokens, type Signing, tokenEnd } from './signed-tokens.ts'
export { serveStaticPages } from './static-pages.ts'
export { whileConnected } from './while-connected.ts'
