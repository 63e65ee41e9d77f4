import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { int32, Type } from '#contract'
import type { Logger } from '#kit'
import { type ErrorContext, ProblemDetails, registerApi } from '#serving'
import type { Bus } from '../live/bus.ts'
import { isSessionOpen } from '../store/sessions.ts'
import { type Admission, admit } from './access/admit.ts'
import { type DeskNeeds, deskEndpoints } from './endpoints.ts'
import { beatEveryMs, ChangeStreams, type StreamMetrics } from './events/change-streams.ts'
import { type FileNeeds, serveFiles } from './files/serve-files.ts'

const DeskProblem = Type.Object(
  {
    ...ProblemDetails.properties,
    newMessages: Type.Optional(int32({ description: 'How many messages came after the one that was seen.' })),
    newAnswers: Type.Optional(int32({ description: 'How many answers were written after the one that was seen.' })),
    row: Type.Optional(int32({ description: 'The row of a table that cannot be taken.' })),
    why: Type.Optional(Type.String({ description: 'What is wrong, as a word for programs.' })),
  },
  { title: 'ProblemDetails', description: 'A refusal.' },
)

type Following = { bus: Bus; log: Logger; metrics: StreamMetrics }
export type DeskApiNeeds = Omit<DeskNeeds, 'changeStreams'> & Admission & FileNeeds & Following
type DeskApiOptions = { desk: DeskApiNeeds; version: string; errors: ErrorContext }

/** `/desk/v1`: for the desk's own pages. */
export async function registerDesk(app: FastifyInstance, { desk, version, errors }: DeskApiOptions): Promise<void> {
  const { sql, bus, log, clock, metrics } = desk
  const isOpen = (sessionId: string) => isSessionOpen(sql, sessionId, clock.now())
  const changeStreams = new ChangeStreams({ bus, log, metrics, isOpen })
  const beating = setInterval(() => void changeStreams.beat(), beatEveryMs).unref()
  app.addHook('preClose', async () => {
    clearInterval(beating)
    changeStreams.close()
  })
  const api = {
    prefix: '/desk/v1',
    info: {
      title: "Prilavok: the desk's API",
      description:
        'What the pages of the desk ask. A session is a cookie; whatever writes sends "x-prilavok-desk: 1", too.',
      tags: {
        cabinets: 'Businesses at markets: keys, and how their mirrors stand.',
        inbox: 'Lists of chats, and one chat.',
        answers: 'What is written to buyers, on its way.',
        replies: 'Canned replies and their files.',
        people: 'Who works here: accounts, sessions, links.',
        settings: 'What a person or the desk has set.',
        events: 'What changes, as it happens.',
      },
      securitySchemes: { Session: { type: 'apiKey', in: 'cookie', name: 'prilavok_desk' } },
    },
    endpoints: deskEndpoints,
    problemDetails: DeskProblem,
    admit: (request: FastifyRequest, reply: FastifyReply) => admit(request, reply, desk),
  }
  await registerApi(app, api, { needs: { ...desk, changeStreams }, version, errors })
  serveFiles(app, desk)
}
