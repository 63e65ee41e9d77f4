import type { AnswerOf } from '../../data/market.ts'

export type MessagesPage = AnswerOf<'GET /businesses/{businessId}/chats/{chatId}/messages'>
type Message = MessagesPage['messages'][number]

/** Messages without a gap, oldest first; `before` if there are older ones. */
export type Loaded = Pick<MessagesPage, 'messages' | 'before'>

type ReadPage = (before?: MessagesPage['before']) => Promise<MessagesPage>

/**
 * Reads the newest messages, and back from them until they join those known. Known ones that the server does not have any
 * more, as after a restored snapshot, are forgotten.
 */
export async function joinNewest(readPage: ReadPage, findKnown: () => Loaded | undefined): Promise<Loaded> {
  let page = await readPage()
  const messages = [...page.messages]
  const reaches = () => {
    const last = findKnown()?.messages.at(-1)
    return !last || page.before === undefined || (messages[0] && messages[0].messageId <= last.messageId)
  }
  while (!reaches()) {
    page = await readPage(page.before)
    messages.unshift(...page.messages)
  }
  const known = findKnown()
  const joint = messages.findIndex(message => isSame(message, known?.messages.at(-1)))
  if (!known || joint < 0) return { messages, before: page.before }
  return { messages: [...known.messages, ...messages.slice(joint + 1)], before: known.before }
}

/** An older page in front, unless it is there already. */
export function joinOlder({ messages, before }: Loaded, page: MessagesPage): Loaded {
  const [oldest] = messages
  const older = page.messages.filter(({ messageId }) => !oldest || messageId < oldest.messageId)
  return older.length === 0
    ? { messages, before: page.messages.length > 0 ? before : undefined }
    : { messages: [...older, ...messages], before: page.before }
}

function isSame(one: Message, other: Message | undefined): boolean {
  return one.messageId === other?.messageId && one.createdAt === other.createdAt
}
