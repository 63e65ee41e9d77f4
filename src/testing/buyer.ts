import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Asking } from './asking.ts'
import type { Message, Written } from './types.ts'

type Who = { businessId: number; customerId: string; orderId: number }

/** A customer with an order, who talks with the shop in one chat about it. The chat is opened by the first act. */
export class Buyer {
  readonly customerId: string
  readonly orderId: number
  readonly #ask: Asking
  readonly #businessId: number
  #chatId: Promise<number> | undefined

  /** Made by a market: `market.buyer`, `market.newBuyer()`. */
  constructor(ask: Asking, { businessId, customerId, orderId }: Who) {
    this.#ask = ask
    this.#businessId = businessId
    this.customerId = customerId
    this.orderId = orderId
  }

  /** The chat, opened if it is not open yet. */
  chatId(): Promise<number> {
    this.#chatId ??= this.#openChat()
    this.#chatId.catch(() => {
      this.#chatId = undefined
    })
    return this.#chatId
  }

  writes(text: string): Promise<Written> {
    return this.#act('customer-messages', { text })
  }

  /** A file of the disk by its path, or bytes with a name. */
  async sends(file: string | { name: string; bytes: Uint8Array }): Promise<Written> {
    const { name, bytes } = typeof file === 'string' ? { name: basename(file), bytes: await readFile(file) } : file
    return this.#act('customer-files', undefined, { name, base64: Buffer.from(bytes).toString('base64') })
  }

  /** One of `GET /buyer/v1/stickers`, such as `thanks`. */
  sendsSticker(sticker: string): Promise<Written> {
    return this.#act('customer-stickers', { sticker })
  }

  /** The reason is the message that begins the dispute. */
  opensDispute(reason: string): Promise<Written> {
    return this.#act('dispute', { reason })
  }

  /** Everything in the chat, oldest first. */
  async reads(): Promise<Message[]> {
    const { messages } = await this.#ask<{ messages: Message[] }>(`GET ${await this.#path()}/messages?limit=100`)
    return messages.toSorted((a, b) => a.messageId - b.messageId)
  }

  /** The market has gone back to its beginning, where there was no chat. */
  forget(): void {
    this.#chatId = undefined
  }

  async #act(what: string, json: unknown, file?: { name: string; base64: string }): Promise<Written> {
    const call = `POST ${await this.#path()}/${what}`
    const { message } = await this.#ask<{ message: { messageId: number } }>(call, json, file && { file })
    return { chatId: await this.chatId(), messageId: message.messageId }
  }

  async #path(): Promise<string> {
    return `/admin/v1/businesses/${this.#businessId}/chats/${await this.chatId()}`
  }

  async #openChat(): Promise<number> {
    const made = `POST /admin/v1/customers/${encodeURIComponent(this.customerId)}/tokens`
    const { token } = await this.#ask<{ token: string }>(made)
    const about = { businessId: this.#businessId, orderId: this.orderId }
    const { chatId } = await this.#ask<{ chatId: number }>('POST /buyer/v1/chats', about, { token })
    return chatId
  }
}
