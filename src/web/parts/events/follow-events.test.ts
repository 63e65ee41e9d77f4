import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followEvents } from './follow-events.ts'

type Answer = { status?: number; text?: string }

const told: string[] = []
let asked: (string | undefined)[] = []
let answers: Answer[] = []

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }))
  vi.stubGlobal(
    'fetch',
    async (_url: string, { headers, signal }: { headers: Record<string, string>; signal: AbortSignal }) => {
      asked.push(headers['last-event-id'])
      const answer = answers.shift()
      if (!answer) throw new TypeError('nobody listens')
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          signal.addEventListener('abort', () => controller.error(new Error('aborted')))
          if (answer.text !== undefined) controller.enqueue(new TextEncoder().encode(answer.text))
          if (answer.text?.endsWith('the end\n\n')) controller.close()
        },
      })
      return new Response(body, { status: answer.status ?? 200 })
    },
  )
  told.length = 0
  asked = []
  answers = []
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function follow(): () => void {
  return followEvents({
    url: '/events',
    headers: {},
    onOpen: isAgain => told.push(isAgain ? 'open again' : 'open'),
    onEvent: ({ name, data }) => told.push(`${name} ${data}`),
    onUnauthorized: () => told.push('unauthorized'),
    onState: state => told.at(-1) !== state && told.push(state),
  })
}

test('a stream that the server ends is opened again from the last position', async () => {
  answers = [
    { text: 'id: 7\nevent: chat\ndata: 1\n\n: beat\nid: 8\n\n: the end\n\n' },
    { text: 'event: chat\ndata: 2\n\n' },
  ]

  const stop = follow()
  await vi.advanceTimersByTimeAsync(600)
  stop()

  expect(asked).toEqual([undefined, '8'])
  expect(told).toEqual(['connecting', 'live', 'open', 'live', 'chat 1', 'live', 'open again', 'live', 'chat 2'])
})

test('a position that the server refuses is not asked for again', async () => {
  answers = [{ text: 'id: 7\n\n: the end\n\n' }, { status: 400 }, { text: '' }]

  const stop = follow()
  await vi.advanceTimersByTimeAsync(2000)
  stop()

  expect(asked).toEqual([undefined, '7', undefined])
  expect(told).toContain('open again')
})

test('nobody answers: it says so, waits longer each time, and tries at once when the network is back', async () => {
  const stop = follow()
  await vi.advanceTimersByTimeAsync(1600)
  expect(asked).toHaveLength(3)

  window.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(0)
  stop()

  expect(asked).toHaveLength(4)
  expect(told).toEqual(['connecting', 'lost'])
})

test('a silent stream is given up, and so is that of a tab that nobody looks at until somebody does', async () => {
  answers = [{ text: ': beat\n\n' }, { text: ': beat\n\n' }, { text: ': beat\n\n' }]
  const stop = follow()
  await vi.advanceTimersByTimeAsync(41_000)
  expect(asked).toHaveLength(2)

  Object.assign(document, { hidden: true })
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toHaveLength(2)

  Object.assign(document, { hidden: false })
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.advanceTimersByTimeAsync(0)
  stop()
  expect(asked).toHaveLength(3)
})

test('a reader who is not admitted any more is told so; another failure says nothing of it', async () => {
  answers = [{ status: 503 }, { status: 401 }]

  const stop = follow()
  await vi.advanceTimersByTimeAsync(600)
  stop()

  expect(told).toEqual(['connecting', 'lost', 'unauthorized', 'lost'])
})
