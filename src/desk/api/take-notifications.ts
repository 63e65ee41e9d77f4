import type { FastifyInstance } from 'fastify'
import { type Receive, toFastifyHandler } from '#client'
import { answerErrorsAsProblems, type ErrorContext, noSuchPath } from '#serving'

const bodyMaxBytes = 64 * 1024

export type Notified = {
  /** What receives the notifications of a cabinet, by the secret in the path. */
  notifications: { find(secret: string): Promise<Receive | undefined> }
}

/** `POST /notification/{secret}`: what a market tells. */
export async function takeNotifications(
  app: FastifyInstance,
  { notifications }: Notified,
  errors: ErrorContext,
): Promise<void> {
  await app.register(async scope => {
    answerErrorsAsProblems(scope, errors)
    // Its exact bytes: ids in it may be beyond 2^53.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bodyMaxBytes }, (_request, body, done) =>
      done(null, body),
    )
    scope.post<{ Params: { secret: string } }>('/notification/:secret', async (request, reply) => {
      const receive = await notifications.find(request.params.secret)
      if (receive === undefined) throw noSuchPath()
      return toFastifyHandler(receive)(request, reply)
    })
  })
}
