import { on } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { parseJson } from '#contract'
import { whenOver } from './run-context.ts'

const patienceMs = 30_000

type StreamEvent = { event: string; id: string; data: Record<string, unknown> }

type OpenStream = {
  headers: IncomingMessage['headers']
  /** The next events of this name that have not been taken yet; the others stay. */
  take(event: string, count?: number): Promise<StreamEvent[]>
  /** Everything that has come so far, taken or not. */
  seen: StreamEvent[]
  /** What the reader would come back with. */
  lastId(): string
  comments(): number
  /** Resolves when the server has ended the stream, or the connection is lost. */
  ended: Promise<void>
  /** Whether it was ended as an answer ends, and not cut off. */
  isWhole(): boolean
  leave(): void
}

type Opening = { token?: string; cookie?: string; lastEventId?: string; path?: string }

/** Reads server-sent events as a browser does. Nothing is waited for longer than half a minute. */
export async function openEvents(
  { url }: { url: string },
  { token, cookie, lastEventId, path = '/buyer/v1/events' }: Opening,
): Promise<OpenStream> {
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(cookie !== undefined && { cookie }),
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  }
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${url}${path}`, { headers, agent: false }, resolve).on('error', reject)
  })
  whenOver(() => {
    answer.destroy()
  })
  if (answer.statusCode !== 200) throw new Error(`the stream was refused: ${answer.statusCode}`)
  const seen: StreamEvent[] = []
  const waiting: StreamEvent[] = []
  let lastId = ''
  let comments = 0
  let rest = ''
  answer.setEncoding('utf8')
  answer.on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map(line => line.split(/: (.*)/s) as [string, string])) // name, value
      lastId = fields.get('id') ?? lastId
      if (fields.has('')) comments++
      const data = fields.get('data')
      if (data === undefined) continue
      const parsed = parseJson(data)
      const event = {
        event: fields.get('event') ?? '',
        id: lastId,
        data: (parsed.ok && parsed.value) as StreamEvent['data'],
      } // ours
      seen.push(event)
      waiting.push(event)
    }
    answer.emit('blocks')
  })
  const ended = new Promise<void>(resolve => answer.on('close', resolve))
  const endedEarly = (count: number, event: string) => new Error(`the stream ended before ${count} "${event}" came`)
  answer.on('error', () => {}) // told by close

  const takeReady = (event: string): StreamEvent | undefined => {
    const index = waiting.findIndex(one => one.event === event)
    return index < 0 ? undefined : waiting.splice(index, 1)[0]
  }
  const take = async (event: string, count = 1) => {
    const taken: StreamEvent[] = []
    const news = on(answer, 'blocks', { signal: AbortSignal.timeout(patienceMs), close: ['close'] })
    while (taken.length < count) {
      const ready = takeReady(event)
      if (ready) taken.push(ready)
      else if (answer.destroyed) throw endedEarly(count, event)
      else if ((await news.next()).done) throw endedEarly(count, event)
    }
    return taken
  }
  return {
    headers: answer.headers,
    take,
    seen,
    lastId: () => lastId,
    comments: () => comments,
    ended,
    isWhole: () => answer.complete,
    leave: () => answer.destroy(),
  }
}

/** The texts of all messages that have come so far. */
export function textsOf({ seen }: OpenStream): string[] {
  const messages = seen.filter(({ event }) => event === 'message').map(({ data }) => data['message'])
  return messages.map(message => (message as { text: string }).text) // as the operation describes it
}
