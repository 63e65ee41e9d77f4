import { int32, Type, textMaxLength } from '#contract'
import { Answer, answerNumber, messageId } from '../shapes/chat.ts'
import { cabinetId, chatId, uuid } from '../shapes/ids.ts'
import { noBody, OfChat, ownOperation, usual } from './own.ts'

const tag = 'answers'
const answerId = uuid('The answer: chosen by whoever writes, and the same when it is asked for again.')
const OfAnswer = Type.Object({ cabinetId, chatId, answerId })
const sending = {
  undoSeconds: Type.Optional(
    int32({ minimum: 0, maximum: 30, default: 0, description: 'How long it can be taken back.' }),
  ),
  seenMessageId: Type.Optional(messageId),
  seenAnswer: Type.Optional(answerNumber),
  anyway: Type.Optional(Type.Boolean({ description: 'Although others have written meanwhile.' })),
}
const refusals = [...usual, 404, 409, 422] as const

export const addAnswer = ownOperation({
  name: 'addAnswer',
  verb: 'POST',
  path: '/desk/v1/cabinets/{cabinetId}/chats/{chatId}/answers',
  tag,
  summary: 'Answer',
  description:
    'Refused with 409, `newMessages` and `newAnswers` if somebody has written after the message or the answer that was seen, unless `anyway`. The draft is removed.',
  params: OfChat,
  body: Type.Object({
    answerId,
    text: Type.String({
      minLength: 1,
      maxLength: 100_000,
      description: `At most ${textMaxLength} characters are taken.`,
    }),
    ...sending,
  }),
  response: Answer,
  status: 201,
  refusals,
})

export const addFile = ownOperation({
  name: 'addFile',
  verb: 'POST',
  path: '/desk/v1/cabinets/{cabinetId}/chats/{chatId}/files',
  tag,
  summary: 'Answer with a file',
  description: 'A multipart body with the part `file`, at most 5 MB.',
  params: OfChat,
  query: Type.Object({ answerId, ...sending }),
  filePart: 'file',
  response: Answer,
  status: 201,
  refusals: [...refusals, 415],
})

export const takeBack = ownOperation({
  name: 'takeBack',
  verb: 'DELETE',
  path: '/desk/v1/cabinets/{cabinetId}/chats/{chatId}/answers/{answerId}',
  tag,
  summary: 'Take an answer back',
  description: 'As long as it has not left. The text is given back.',
  params: OfAnswer,
  response: Type.Object({ text: Type.Optional(Type.String()) }),
  refusals,
})

export const sendAgain = ownOperation({
  name: 'sendAgain',
  verb: 'POST',
  path: '/desk/v1/cabinets/{cabinetId}/chats/{chatId}/answers/{answerId}/again',
  tag,
  summary: 'Send again',
  description: 'What was refused, or what nobody can tell of: then the buyer may have it twice.',
  params: OfAnswer,
  response: Answer,
  refusals,
})

export const dismissAnswer = ownOperation({
  name: 'dismissAnswer',
  verb: 'POST',
  path: '/desk/v1/cabinets/{cabinetId}/chats/{chatId}/answers/{answerId}/dismiss',
  tag,
  summary: 'Put an answer away',
  description: 'One that was refused or that nobody can tell of, and that shall not be sent again.',
  params: OfAnswer,
  ...noBody,
  refusals,
})
