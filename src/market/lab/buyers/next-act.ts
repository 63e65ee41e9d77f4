import { stickers } from '../../chats/stickers.ts'
import type { ChatState } from '../../chats/transitions.ts'
import type { MessageRow } from '../../store/messages.ts'
import type { Act, Reaction, Step } from './act.ts'

/** What a buyer says, and answers. */
export type Script = {
  steps: readonly Step[]
  reactions: readonly Reaction[]
  begunAt: Date
  /** How many times faster than the script says. */
  rate: number
  /** The buyer came into a chat that others had begun, and only answers what the shop writes. */
  isJoined: boolean
}

/** The chat as it is: its state, and the messages since the buyer came. */
export type ChatSoFar = ChatState & { messages: readonly MessageRow[] }

/** An act for silence is done only if the shop writes nothing before. */
export type Next = { step: number } & (
  | { what: 'act'; act: Act; at: Date; isForSilence: boolean }
  | { what: 'waits for shop' }
  | { what: 'done' }
)

// Characters kept of what a shop has written in a row, from its end.
const maxHeardLength = 8192

/** How far the conversation has come. */
type Progress = {
  step: number
  /** When the last word of the buyer's side was said. */
  at: Date
  /** What the shop has written since, and when the last of it. */
  shop: { at: Date; text: string } | undefined
  answered: ReadonlySet<Reaction>
}

/**
 * What comes next. It follows from the chat alone: a step is done when its message is there. So a crash neither doubles nor
 * skips a step, and two processes come to the same result.
 */
export function nextAct(script: Script, soFar: ChatSoFar): Next {
  const begun = { step: script.isJoined ? firstAnswer(script.steps) : 0, at: script.begunAt, shop: undefined }
  const progress = soFar.messages.reduce<Progress>((progress, message) => afterMessage(script, progress, message), {
    ...begun,
    answered: new Set(),
  })
  const { shop, at } = progress
  const step = skipDone(script.steps, progress, soFar)
  const coming = script.steps[step]
  if (coming === undefined) return { step, what: 'done' }

  const act = (act: Act, from: Date, seconds: number) =>
    ({ step, what: 'act', act, at: later(from, seconds / script.rate), isForSilence: false }) as const
  if (coming.after !== 'shop wrote')
    return { ...act(coming.act, at, coming.delaySeconds), isForSilence: coming.after === 'silence' }
  const reaction = shop && script.reactions.find(rule => rule.when.test(shop.text) && !progress.answered.has(rule))
  if (reaction && isOfCustomer(coming.act)) return act(reaction.act, shop.at, reaction.delaySeconds)
  if (shop) return act(coming.act, shop.at, coming.delaySeconds)
  if (coming.patienceSeconds !== undefined)
    return { ...act(coming.act, at, coming.patienceSeconds), isForSilence: true }
  return { step, what: 'waits for shop' }
}

/** How far the conversation has come after one more message. */
function afterMessage({ steps, reactions }: Script, progress: Progress, message: MessageRow): Progress {
  const { sender, createdAt } = message
  if (sender === 'partner') {
    const text = message.kind === 'file' ? '' : message.body
    return {
      ...progress,
      shop: { at: createdAt, text: `${progress.shop?.text ?? ''}\n${text}`.slice(-maxHeardLength) },
    }
  }
  const spoken = { ...progress, at: createdAt, shop: undefined }
  const step = steps.findIndex((step, index) => index >= progress.step && isSaidIn(step.act, message))
  if (step >= 0) return { ...spoken, step: step + 1 }
  // Other messages of staff change nothing. Others of the customer come from a person who speaks as the customer.
  if (sender !== 'customer') return progress
  const reaction = reactions.find(rule => isSaidIn(rule.act, message))
  return reaction ? { ...spoken, answered: new Set([...progress.answered, reaction]) } : spoken
}

/** The next step to do. Skips silences in which the shop has written, and what the chat's state shows as done. */
function skipDone(steps: readonly Step[], progress: Progress, soFar: ChatSoFar): number {
  const { step, shop } = progress
  const { type, status } = soFar
  const coming = steps[step]
  if (coming === undefined) return step
  const isOpenDispute = type === 'arbitrage' && status !== 'finished'
  const isOver =
    (coming.after === 'silence' && shop !== undefined) ||
    (coming.act.kind === 'finish dispute' && !isOpenDispute) ||
    (coming.act.kind === 'close' && status === 'finished')
  return isOver ? skipDone(steps, { ...progress, step: step + 1 }, soFar) : step
}

function isSaidIn(act: Act, message: MessageRow): boolean {
  if (message.sender !== (isOfCustomer(act) ? 'customer' : 'support')) return false
  switch (act.kind) {
    case 'text':
    case 'arbiter text':
      return message.kind === 'text' && message.body === act.text
    case 'dispute':
      return message.kind === 'text' && message.body === act.reason
    case 'sticker':
      return message.kind === 'sticker' && message.body === stickers[act.sticker]
    case 'photo':
      return message.kind === 'file' && message.fileName === act.name
    case 'finish dispute':
    case 'close':
      return false
  }
}

function isOfCustomer({ kind }: Act): boolean {
  return kind === 'text' || kind === 'sticker' || kind === 'photo' || kind === 'dispute'
}

function firstAnswer(steps: readonly Step[]): number {
  const first = steps.findIndex(step => step.after === 'shop wrote')
  return first < 0 ? steps.length : first
}

const later = (from: Date, seconds: number) => new Date(from.getTime() + seconds * 1000)
