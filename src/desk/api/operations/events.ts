import { oneOf, type Static, Type } from '#contract'
import { cabinetId, chatId } from '../shapes/ids.ts'
import { ownOperation, usual } from './own.ts'

const changeKinds = ['chat', 'views', 'cabinets', 'replies'] as const

/** What to read again. A `chat` names itself; the other kinds name nothing. */
export const Change = Type.Object(
  { kind: oneOf(changeKinds), cabinetId: Type.Optional(cabinetId), chatId: Type.Optional(chatId) },
  { title: 'Change' },
)
export type Change = Static<typeof Change>

/** The data of `event: changed`. */
export const Changed = Type.Object({ cursor: Type.String(), about: Type.Array(Change) }, { title: 'Changed' })

export const followChanges = ownOperation({
  name: 'followChanges',
  verb: 'GET',
  path: '/desk/v1/events',
  tag: 'events',
  summary: 'Follow what changes',
  description: [
    'Server-sent events. `event: changed` names what to read again.',
    'Last-Event-ID resumes; where it is not known any more, `event: reset` comes first: read everything again.',
  ].join('\n\n'),
  response: Type.String({ description: 'text/event-stream' }),
  responseType: 'text/event-stream',
  refusals: [...usual, 429],
})
