import { type Operation, type OperationName, operations } from '#contract'
import { NotChecked, Unexpected } from '../findings/finding.ts'
import { contract } from '../findings/sources.ts'
import { type Call, type Reply, withBody } from '../http/call.ts'
import type { Sender } from '../http/sender.ts'
import { isWriting } from '../http/writing.ts'
import { callOf, type Ids } from '../scene/read.ts'
import type { Scene } from '../scene/scene.ts'
import { type Need, reasons, type Things } from '../scene/things.ts'
import { formOf, formType } from './form.ts'
import { sentText } from './sent-text.ts'

/** One exchange of a check, for its report. */
export type Exchange = { call: Call; reply: Reply | undefined }

/** What one check asks with, and what it has asked. */
export class Probe {
  readonly exchanges: Exchange[] = []
  readonly #sender: Sender
  readonly scene: Scene

  constructor(sender: Sender, scene: Scene) {
    this.#sender = sender
    this.scene = scene
  }

  async send(call: Call): Promise<Reply> {
    const exchange: Exchange = { call, reply: undefined }
    const number = this.exchanges.push(exchange) - 1
    const reply = await this.#sender.send(call, number)
    exchange.reply = reply
    return reply
  }

  /** An answer of success, to look into. Any other is the check's difference. */
  async read(call: Call): Promise<Reply> {
    const reply = await this.send(call)
    if (reply.status === 200) return reply
    const { status, exchange } = reply
    throw new Unexpected({ at: 'status', expected: '200', got: `${status}`, source: contract.schema, exchange })
  }

  /** What the check needs. Throws NotChecked with the reason if it is not there. */
  need<Name extends Need>(name: Name): Things[Name] {
    const thing: Things[Name] | undefined = this.scene.things[name]
    if (thing === undefined) throw new NotChecked(reasons[name])
    return thing
  }

  /** A call of the operation that succeeds, for a check to bend. Writing operations have the chat to write into. */
  call(name: OperationName, ids: Ids = {}): Call {
    const needed = idsOf(name)
    const all: Record<string, bigint | undefined> = { businessId: this.scene.businessId, ...ids }
    for (const [id, need] of Object.entries(needed)) all[id] ??= this.need(need)
    const { query }: Operation = operations[name]
    const required = requiredOf(query)
    const call = callOf(name, this.scene.token, {
      ids: all,
      query: Object.fromEntries(required.map(id => [id, `${all[id]}`])),
      ...this.#json(name),
    })
    return name === 'sendFileToChat' ? withBody(call, formOf({ content: 'abc' }), formType) : call
  }

  #json(name: OperationName): { json?: unknown } {
    if (isReadByBody(name)) return { json: {} }
    if (name === 'createChat') return { json: { context: { type: 'ORDER', id: this.need('writeOrder') } } }
    return name === 'sendMessageToChat' ? { json: { message: sentText } } : {}
  }
}

function isReadByBody(name: OperationName): boolean {
  const { body }: Operation = operations[name]
  return body !== undefined && !isWriting(name)
}

type IdName = 'campaignId' | 'chatId' | 'messageId'

/** What the ids in the path and in the query of an operation are taken from. */
function idsOf(name: OperationName): Partial<Record<IdName, 'campaignId' | 'chatId' | 'messageId' | 'writeChat'>> {
  const { path, query }: Operation = operations[name]
  const required = requiredOf(query)
  return {
    ...(path.includes('{campaignId}') && { campaignId: 'campaignId' }),
    ...(required.includes('chatId') && { chatId: isWriting(name) ? 'writeChat' : 'chatId' }),
    ...(required.includes('messageId') && { messageId: 'messageId' }),
  }
}

/** What a call of the operation needs. */
export function needsOf(name: OperationName): Need[] {
  return [...Object.values(idsOf(name)), ...(name === 'createChat' ? (['writeOrder'] as const) : [])]
}

function requiredOf(query: Operation['query']): readonly string[] {
  return query?.required ?? []
}
