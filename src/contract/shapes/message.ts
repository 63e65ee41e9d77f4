import type { MessageId } from '../ids.ts'
import { dateTime, idOf, int32, oneOf } from '../schema.ts'
import { type Static, Type } from '../type.ts'
import { senders } from '../words.ts'

const Payload = Type.Object(
  {
    name: Type.String({ description: 'The name of the file.' }),
    url: Type.String({ minLength: 1, maxLength: 2000, description: 'Where to download the file.' }),
    size: int32({ description: 'The size of the file in bytes.' }),
  },
  { title: 'ChatMessagePayloadDTO', description: 'A file that came with a message.' },
)

/** A message: text, or one file in `payload`. */
export const ChatMessage = Type.Object(
  {
    messageId: idOf<MessageId>('The id of the message; grows within a chat.'),
    createdAt: dateTime('When the message was written, with the offset from UTC.'),
    sender: oneOf(senders, { description: 'Who wrote it.' }),
    message: Type.Optional(Type.String({ description: 'The text. Left out when there is a payload.' })),
    payload: Type.Optional(
      Type.Unsafe<Static<typeof Payload>[] | null>({
        type: ['array', 'null'],
        minItems: 1,
        items: Payload,
        description: 'The files. Left out when there is a text.',
      }),
    ),
  },
  { title: 'ChatMessageDTO', description: 'A message of a chat.' },
)
export type ChatMessage = Static<typeof ChatMessage>
