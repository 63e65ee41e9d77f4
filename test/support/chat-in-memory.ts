import type { ClientClock } from '#client'
import { senders } from '#contract'
import type { SendOncePort } from '../../src/client/calls/send-once.ts'
import type { Message, Pages, Sender } from '../../src/client/types.ts'

const [shop] = senders

type Sending = { onSend?: (write: () => void) => void }

/** A chat in memory. `onSend` decides what becomes of a send; `onRead` and `onWait` see each reading and each wait. */
export function makeChat({
  onSend = (write: () => void) => write(),
  onRead = () => {},
  onWait = () => {},
  isKeyHonoured = () => false,
}: Partial<Record<'onRead' | 'onWait', () => void>> & Partial<Pick<SendOncePort, 'isKeyHonoured'>> & Sending = {}) {
  const messages: Message[] = []
  const write = (text: string, sender: Sender = shop) => {
    messages.push({ messageId: BigInt(messages.length + 1), createdAt: new Date(0), sender, text })
  }
  const readFrom: unknown[] = []
  const waits: number[] = []
  const keys: (string | undefined)[] = []
  const clock: ClientClock = {
    now: () => new Date(0),
    wait: async (ms, signal) => {
      signal?.throwIfAborted()
      waits.push(ms)
      onWait()
    },
  }
  const send: SendOncePort['send'] = async (_chatId, text, options) => {
    keys.push(options?.idempotencyKey)
    onSend(() => write(text))
    return { state: 'sent' }
  }
  const history: SendOncePort['history'] = (_chatId, filter) => {
    readFrom.push(filter?.from)
    const items = messages.filter(({ messageId }) => messageId >= BigInt(filter?.from ?? 0))
    const walk = async function* () {
      onRead()
      yield* items
    }
    return { [Symbol.asyncIterator]: walk } as Partial<Pages<Message>> as Pages<Message> // sendOnce walks it and no more
  }
  const port: SendOncePort = { send, history, clock, isKeyHonoured }
  return { port, messages, write, readFrom, waits, keys }
}
