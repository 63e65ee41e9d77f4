import { type EventBlock, readBlocks } from './event-blocks.ts'
import { pause } from './pause.ts'

export type LineState = 'connecting' | 'live' | 'lost'

export type EventSourceOptions = {
  url: string
  headers: Record<string, string>
  /** A stream begins. `isAgain`: not with the first attempt, so that something may have been missed. */
  onOpen: (isAgain: boolean) => void
  onEvent: (event: EventBlock) => void
  /** Also told again whenever the live stream is heard. */
  onState?: (state: LineState) => void
  /** The server does not admit the reader (401) any more. */
  onUnauthorized?: () => void
}

/** What outlives one stream: the server is asked to go on from `lastEventId`. */
type Position = { lastEventId: string | undefined; attempts: number }

const silenceMs = 40_000 // two heartbeats and a half
const hiddenPatienceMs = 10_000
const waitsMs = [500, 1000, 2000, 4000, 8000, 15_000]

/**
 * Reads a stream of server-sent events and reconnects until told to stop. A tab that nobody looks at closes its stream:
 * a browser opens six connections to a server, for all of its tabs.
 */
export function followEvents(source: EventSourceOptions): () => void {
  const ended = new AbortController()
  const position: Position = { lastEventId: undefined, attempts: 0 }
  let stopped = new AbortController()
  let hiding: ReturnType<typeof setTimeout> | undefined
  const start = () => {
    stopped = new AbortController()
    void keepReading(source, position, stopped.signal)
  }
  const onVisibility = () => {
    clearTimeout(hiding)
    if (document.hidden) hiding = setTimeout(() => stopped.abort(), hiddenPatienceMs)
    else if (stopped.signal.aborted) start()
  }
  document.addEventListener('visibilitychange', onVisibility, { signal: ended.signal })
  start()
  return () => {
    clearTimeout(hiding)
    ended.abort()
    stopped.abort()
  }
}

async function keepReading(source: EventSourceOptions, position: Position, stopped: AbortSignal): Promise<void> {
  let failures = 0
  const onOpen = () => {
    failures = 0
    source.onState?.('live')
    source.onOpen(position.attempts > 1)
  }
  source.onState?.('connecting')
  while (!stopped.aborted) {
    position.attempts++
    const isWhole = await readStream({ ...source, onOpen }, position, stopped)
    if (stopped.aborted) return
    // A stream that the server has ended is opened again, and nothing is lost.
    if (!isWhole) source.onState?.('lost')
    await pause(waitsMs[Math.min(failures++, waitsMs.length - 1)] ?? 0, stopped)
  }
}

type StreamSource = Omit<EventSourceOptions, 'onOpen'> & { onOpen: () => void }

/** Resolves when the stream is over: true if the server ended it, false if it could not be opened or broke off. */
async function readStream(source: StreamSource, position: Position, stopped: AbortSignal): Promise<boolean> {
  const over = new AbortController()
  const signal = AbortSignal.any([stopped, over.signal])
  const silence = startAlarm(silenceMs, () => over.abort())
  window.addEventListener('offline', () => over.abort(), { signal })
  try {
    const answer = await fetch(source.url, { headers: headersOf(source, position), signal, cache: 'no-store' })
    if (!answer.ok || !answer.body) {
      // A position that the server refuses is not asked for again.
      position.lastEventId = undefined
      if (answer.status === 401) source.onUnauthorized?.()
      return false
    }
    source.onOpen()
    const onChunk = () => {
      silence.restart()
      source.onState?.('live')
    }
    for await (const block of readBlocks(answer.body, onChunk)) take(block, source, position)
    return true
  } catch {
    return false // it broke off: the caller tells that by its state, and tries again
  } finally {
    silence.stop()
    over.abort()
  }
}

function headersOf({ headers }: StreamSource, { lastEventId }: Position): Record<string, string> {
  return {
    ...headers,
    accept: 'text/event-stream',
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  }
}

function take(block: EventBlock, source: StreamSource, position: Position): void {
  if (block.id !== undefined) position.lastEventId = block.id
  if (block.name !== undefined) source.onEvent(block)
}

function startAlarm(ms: number, ring: () => void) {
  let timer = setTimeout(ring, ms)
  const stop = () => clearTimeout(timer)
  const restart = () => {
    stop()
    timer = setTimeout(ring, ms)
  }
  return { restart, stop }
}
