import displayWidth from 'string-width'
import type { Chat, Message } from '#client'
import { cutTo, padTo, wrapTo } from '../../terminal/columns.ts'
import { dayOf, timeOfDay } from '../../terminal/format-time.ts'
import { outputWidth, paint } from '../../terminal/print.ts'
import { printable } from '../../terminal/printable.ts'
import type { Texts } from '../../texts/index.ts'
import { bodyOf, isBuyers, isOurs, senderOf } from './describe-chat.ts'

const minSenderWidth = 8
const maxSenderWidth = 24
const minRoom = 24

/** Messages as people read them: a line for each day, and what somebody wrote beside their name. */
export class MessagePrinter {
  #day = ''
  /** They grow with what is told together, and never shrink: what was printed stays aligned with what comes. */
  #senderWidth = minSenderWidth
  #idWidth = 0
  readonly #chat: Chat | undefined
  readonly #texts: Texts

  constructor(chat: Chat | undefined, texts: Texts) {
    this.#chat = chat
    this.#texts = texts
  }

  lines(messages: readonly Message[]): string[] {
    for (const message of messages) {
      this.#idWidth = Math.max(this.#idWidth, `${message.messageId}`.length)
      this.#senderWidth = Math.max(this.#senderWidth, displayWidth(this.#sender(message)))
    }
    return messages.flatMap(message => this.#linesOf(message))
  }

  #sender({ sender }: Message): string {
    return cutTo(senderOf(sender, this.#chat, this.#texts), maxSenderWidth)
  }

  #linesOf(message: Message): string[] {
    const day = dayOf(message.createdAt, this.#texts.language)
    const isNewDay = day !== this.#day
    const gap = this.#day === '' ? [] : ['']
    this.#day = day
    const formatted = this.#format(message)
    return isNewDay ? [...gap, paint('bold', day), ...formatted] : formatted
  }

  #format(message: Message): string[] {
    const sender = this.#sender(message)
    const place = `${`${message.messageId}`.padStart(this.#idWidth)}  ${timeOfDay(message.createdAt)}`
    const head = `${paint('dim', place)}  ${paint(styleOf(message), padTo(sender, this.#senderWidth))}`
    return beside(head, place.length + 2 + this.#senderWidth + 2, printable(bodyOf(message, this.#texts)))
  }
}

/** The text beside its head, or below it in a narrow terminal. */
function beside(head: string, indent: number, body: string): string[] {
  const width = outputWidth()
  if (width !== undefined && width - indent < minRoom)
    return [head.trimEnd(), ...wrapTo(body, width - 2).map(line => `  ${line}`.trimEnd())]
  const [first = '', ...others] = width === undefined ? body.split('\n') : wrapTo(body, width - indent)
  return [`${head}  ${first}`, ...others.map(line => (' '.repeat(indent) + line).trimEnd())]
}

function styleOf({ sender }: Message): 'cyan' | 'green' | 'magenta' {
  if (isOurs(sender)) return 'green'
  return isBuyers(sender) ? 'cyan' : 'magenta'
}
