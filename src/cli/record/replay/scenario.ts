import {
  type ChatId,
  type ChatMessage,
  decodeAnswer,
  type OperationName,
  operations,
  senders,
  type TSchema,
} from '#contract'
import type { RecordedLine, Recording } from '../recorder/recording.ts'

type Context = {
  customer?: { name?: string; publicId?: string } | undefined
  orderId?: bigint | undefined
  returnId?: bigint | undefined
}
/** A chat as the recording has seen it. */
export type SeenChat = { chatId: ChatId; context: Context; messages: ChatMessage[] }
type FaultName = 'answer-420' | 'answer-500' | 'answer-503' | 'drop-connection'

/** Something that happens while the shop's program is at work. */
export type Event = { afterMs: number } & (
  | { what: 'message'; chat: number; from: 'customer' | 'support' | 'market'; text: string; file?: string }
  | { what: 'fault'; operation: OperationName; fault: FaultName }
)

/** What stood before the recording began, and what came during it, in its order. */
export type Scenario = { chats: SeenChat[]; events: Event[] }

const [shop, , market, support] = senders

export function scenarioOf({ head, lines }: Recording): Scenario {
  const seen = seenChats(lines)
  const startMs = Date.parse(head.startedAt)
  const isLater = ({ createdAt }: ChatMessage) => Date.parse(createdAt) > startMs
  const messages = seen.flatMap(({ messages }, chat) =>
    messages
      .filter(message => isLater(message) && message.sender !== shop)
      .map((message): Event => ({ ...eventOf(message), chat, afterMs: Date.parse(message.createdAt) - startMs })),
  )
  const chats = seen.map(chat => ({ ...chat, messages: chat.messages.filter(message => !isLater(message)) }))
  const events = [...messages, ...lines.flatMap(faultsOf)].sort((a, b) => a.afterMs - b.afterMs)
  return { chats, events }
}

function eventOf({ sender, message, payload }: ChatMessage) {
  const from = sender === support ? 'support' : sender === market ? 'market' : 'customer'
  const file = payload?.[0]?.name
  return {
    what: 'message',
    from,
    text: message ?? file ?? '…',
    ...(file !== undefined && from === 'customer' && { file }),
  } as const
}

/** Chats in the order in which they were seen, each message once, by its id. */
function seenChats(lines: readonly RecordedLine[]): SeenChat[] {
  const chats = new Map<bigint, { context: Context; messages: Map<bigint, ChatMessage> }>()
  const note = (chatId: bigint, context: Context, messages: readonly ChatMessage[] = []) => {
    const chat = chats.get(chatId) ?? { context, messages: new Map() }
    for (const message of messages) chat.messages.set(message.messageId, message)
    chats.set(chatId, chat)
  }
  for (const line of lines) {
    const list = answerOf(line, 'getChats')
    for (const { chatId, context } of list?.result?.chats ?? []) note(chatId, context)
    const one = answerOf(line, 'getChat')?.result
    if (one) note(one.chatId, one.context)
    const history = answerOf(line, 'getChatHistory')?.result
    const chatId = /[?&]chatId=(\d{1,19})(?:&|$)/.exec(line.url)?.[1]
    if (history && chatId !== undefined) note(BigInt(chatId), history.context, history.messages)
  }
  return Array.from(chats, ([chatId, { context, messages }]) => ({
    chatId: chatId as ChatId, // from an answer, or the address of one
    context,
    messages: [...messages.values()].sort((a, b) => (a.messageId < b.messageId ? -1 : 1)),
  }))
}

/** The answer of a line, if it is one of this operation that went well. */
function answerOf<Name extends 'getChats' | 'getChat' | 'getChatHistory'>(line: RecordedLine, name: Name) {
  if (line.operation !== name || line.status !== 200 || line.answer === undefined) return undefined
  const schema: (typeof operations)[Name]['response'] & TSchema = operations[name].response
  const read = decodeAnswer(schema, line.answer)
  return read.ok ? read.value : undefined
}

const faults: Record<number, FaultName> = {
  420: 'answer-420',
  500: 'answer-500',
  502: 'answer-503',
  503: 'answer-503',
  504: 'answer-503',
}

function faultsOf({ operation, status = 0, failure, atMs }: RecordedLine): Event[] {
  const name = Object.values(operations).find(({ name }) => name === operation)?.name
  const fault = failure === undefined ? faults[status] : failure === 'aborted' ? undefined : 'drop-connection'
  return name === undefined || fault === undefined ? [] : [{ what: 'fault', afterMs: atMs, operation: name, fault }]
}
