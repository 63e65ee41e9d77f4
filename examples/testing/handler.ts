// A shop's handler of notifications: whoever writes is answered once, disputes are for people. The tests beside it show how to try it.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Shop = { url: string; apiKey: string; businessId: number }
type Notification = { notificationType: string; chatId: number; messageId?: string }
type Message = { messageId: number; sender: string }

export const answer = 'We have asked the courier and write again within the hour.'

export class Handler {
  /** At which market it works. */
  shop: Shop = { url: 'https://api.partner.market.yandex.ru', apiKey: '', businessId: 0 }
  readonly disputes = new Set<number>()

  /** Listens on a free port; returns the address to subscribe. */
  async listen(): Promise<string> {
    const server = createServer(async (request, response) => {
      const body: Notification = JSON.parse(Buffer.concat(await request.toArray()).toString())
      const isDone = await this.work(body).then(
        () => true,
        () => false,
      )
      const about = { version: '1.0.0', name: 'my-shop', time: new Date().toISOString() }
      const told = isDone ? about : { error: { type: 'UNKNOWN' } } // 500: the market comes again
      response.writeHead(isDone ? 200 : 500, { 'content-type': 'application/json' }).end(JSON.stringify(told))
    })
    server.listen(0, '127.0.0.1').unref()
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/notification`
  }

  async work({ notificationType, chatId, messageId }: Notification): Promise<void> {
    if (notificationType === 'CHAT_ARBITRAGE_STARTED') this.disputes.add(chatId)
    if (notificationType !== 'CHAT_MESSAGE_SENT' || this.disputes.has(chatId)) return
    // The market tells of the shop's own messages, too, and the answer may have been written by an attempt of which nobody heard.
    const { messages } = await this.call<{ messages: Message[] }>(`history?chatId=${chatId}`, {})
    const isFromBuyer = messages.some(each => each.sender === 'CUSTOMER' && `${each.messageId}` === messageId)
    const isAnswered = messages.some(each => each.sender === 'PARTNER' && each.messageId > Number(messageId))
    if (isFromBuyer && !isAnswered) await this.call(`message?chatId=${chatId}`, { message: answer })
  }

  private async call<Result>(path: string, body: object): Promise<Result> {
    const { url, apiKey, businessId } = this.shop
    const headers = { 'api-key': apiKey, 'content-type': 'application/json' }
    const sent = { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await fetch(`${url}/v2/businesses/${businessId}/chats/${path}`, sent)
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return ((await response.json()) as { result: Result }).result
  }
}
