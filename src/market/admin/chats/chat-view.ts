import { dateTime, oneOf, onWire, type Static, senders, Type } from '#contract'
import { ChatView, chatView } from '../../own-apis/views.ts'
import type { AdminChatRow } from '../../store/chat-views.ts'
import { publicId } from '../access/parameters.ts'

const LastMessage = Type.Object(
  {
    sender: oneOf(senders, { description: 'Who wrote it.' }),
    kind: oneOf(['text', 'file', 'sticker'], { description: 'What it is.' }),
    text: Type.String({ description: 'How it begins; the sign of a sticker, the name of a file.' }),
    createdAt: dateTime('When it was written, UTC.'),
  },
  { title: 'LastMessage' },
)

/** A chat as the admin API shows it. */
export const AdminChat = Type.Object(
  {
    ...ChatView.properties,
    isTest: Type.Boolean({ description: 'About a test order.' }),
    customerPublicId: publicId,
    customerName: Type.String({ description: 'The name the customer shows.' }),
    lastMessage: Type.Optional(LastMessage),
  },
  { title: 'AdminChat' },
)

export function adminChatView(row: AdminChatRow): Static<typeof AdminChat> {
  const { fake, customerPublicId, customerName, lastSender, lastKind, lastText, lastAt } = row
  const lastMessage = lastSender &&
    lastKind &&
    lastAt && {
      sender: onWire(lastSender),
      kind: lastKind,
      text: lastText ?? '',
      createdAt: lastAt.toISOString(),
    }
  return { ...chatView(row), isTest: fake, customerPublicId, customerName, ...(lastMessage && { lastMessage }) }
}
