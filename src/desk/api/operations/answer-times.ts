import { dateTime, int32, Type } from '#contract'
import { cabinetId } from '../shapes/ids.ts'
import { ownOperation, usual } from './own.ts'

const Day = Type.Object(
  {
    startsAt: dateTime('When the day began in the time zone.'),
    answers: int32({ description: "How often the shop has answered a buyer's message." }),
    averageSeconds: Type.Optional(
      int32({ description: "From the buyer's first unanswered message to the answer; without answers left out." }),
    ),
  },
  { title: 'DayOfAnswers' },
)

export const readAnswerTimes = ownOperation({
  name: 'readAnswerTimes',
  verb: 'GET',
  path: '/desk/v1/answer-times',
  tag: 'inbox',
  summary: 'How soon the shop answers',
  description:
    'Of the last seven days, the oldest first and today last; of each cabinet and day from the newest 1 000 answers.',
  query: Type.Object({
    timeZone: Type.String({ minLength: 1, maxLength: 64, description: "The reader's, as Europe/Moscow." }),
    cabinetId: Type.Optional(cabinetId),
  }),
  response: Type.Object({ days: Type.Array(Day) }),
  refusals: usual,
})
