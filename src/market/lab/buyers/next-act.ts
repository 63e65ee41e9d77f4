import { stickers } from '../../chats/stickers.ts'
import type { ChatState } from '../../chats/transitions.ts'
import type { MessageRow } from '../../store/messages.ts'
import type { Act, Reaction, Step } from './act.ts'

/** What a buyer has come to say. */
export type Part = {
  steps: readonly Step[]
  reactions: readonly Reaction[]
  begunAt: Date
  /** How many times faster than the script says. */
  rate: number
  /** The chat was begun by others: this one only answers what the shop writes. */
  isJoined: boolean
}

/** The chat as it is: its state, and the messages since the buyer came. */
export type Heard = ChatState & { messages: readonly MessageRow[] }

/** An act for silence is done only if the shop writes nothing before. */
export type Next = { step: number } & (
  | { what: 'act'; act: Act; at: Date; isForSilence: boolean }
  | { what: 'waits for shop' }
  | { what: 'done' }
)

// Of what a shop has written in a row, so much of the end is heard.
const heardMost = 8192

type Place = {
  step: number
  /** When the last word of the buyer's side was said. */
  at: Date
  /** What the shop has written since, and when the last of it. */
  shop: { at: Date; text: string } | undefined
  answered: ReadonlySet<Reaction>
}

/**
 * What comes next, read from the chat alone: a step is done when its words are there. So a crash between two writes
 * neither doubles nor skips one, and two processes come to the same.
 */
export function nextAct(part: Part, heard: Heard): Next {
  const begun = { step: part.isJoined ? firstAnswer(part.steps) : 0, at: part.begunAt, shop: undefined }
  const place = heard.messages.reduce<Place>((place, message) => listen(part, place, message), {
    ...begun,
    answered: new Set(),
  })
  const { shop, at } = place
  const step = passOver(part.steps, place, heard)
  const coming = part.steps[step]
  if (coming === undefined) return { step, what: 'done' }

  const act = (act: Act, from: Date, seconds: number) =>
    ({ step, what: 'act', act, at: later(from, seconds / part.rate), isForSilence: false }) as const
  if (coming.after !== 'shop wrote')
    return { ...act(coming.act, at, coming.delaySeconds), isForSilence: coming.after === 'silence' }
  const reaction = shop && part.reactions.find(rule => rule.when.test(shop.text) && !place.answered.has(rule))
  if (reaction && isOfCustomer(coming.act)) return act(reaction.act, shop.at, reaction.delaySeconds)
  if (shop) return act(coming.act, shop.at, coming.delaySeconds)
  if (coming.patienceSeconds !== undefined)
    return { ...act(coming.act, at, coming.patienceSeconds), isForSilence: true }
  return { step, what: 'waits for shop' }
}

/** Where the conversation stands after one more message. */
function listen({ steps, reactions }: Part, place: Place, message: MessageRow): Place {
  const { sender, createdAt } = message
  if (sender === 'partner') {
    const text = message.kind === 'file' ? '' : message.body
    return { ...place, shop: { at: createdAt, text: `${place.shop?.text ?? ''}\n${text}`.slice(-heardMost) } }
  }
  const spoken = { ...place, at: createdAt, shop: undefined }
  const step = steps.findIndex((step, index) => index >= place.step && isSaidIn(step.act, message))
  if (step >= 0) return { ...spoken, step: step + 1 }
  // Other words of staff change nothing; other words of the customer, whom a person may speak for, are answered by the shop.
  if (sender !== 'customer') return place
  const reaction = reactions.find(rule => isSaidIn(rule.act, message))
  return reaction ? { ...spoken, answered: new Set([...place.answered, reaction]) } : spoken
}

/** The next step that is still to be done: a silence that was broken is none, nor what the chat's state says is done. */
function passOver(steps: readonly Step[], place: Place, heard: Heard): number {
  const { step, shop } = place
  const { type, status } = heard
  const coming = steps[step]
  if (coming === undefined) return step
  const isOpenDispute = type === 'arbitrage' && status !== 'finished'
  const isOver =
    (coming.after === 'silence' && shop !== undefined) ||
    (coming.act.kind === 'finish dispute' && !isOpenDispute) ||
    (coming.act.kind === 'close' && status === 'finished')
  return isOver ? passOver(steps, { ...place, step: step + 1 }, heard) : step
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
