import { parseJson } from '#contract'
import { Refused } from './answers.ts'

/** Notifications have some 150 bytes. */
const bodyMaxBytes = 64 * 1024

/** All parts as one. Throws Refused: as soon as they are more than `bodyMaxBytes`, or if the sender breaks off. */
export async function collect(parts: AsyncIterable<Uint8Array | string>): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readAll(parts)
  } catch (error) {
    throw error instanceof Refused ? error : new Refused('failed', 'The body was cut off')
  }
}

async function readAll(parts: AsyncIterable<Uint8Array | string>): Promise<Uint8Array<ArrayBuffer>> {
  const kept: Uint8Array[] = []
  let sizeBytes = 0
  for await (const part of parts) {
    const bytes = bytesOf(part)
    sizeBytes += bytes.length
    if (sizeBytes > bodyMaxBytes) throw new Refused('tooLarge', `A notification has at most ${bodyMaxBytes} bytes`)
    kept.push(bytes)
  }
  return joined(kept, sizeBytes)
}

/** The bytes of a request's body. */
export function readBody({ body }: Request): Promise<Uint8Array<ArrayBuffer>> {
  return collect(body === null ? nothing() : partsOf(body))
}

export function bytesOf(part: Uint8Array | string): Uint8Array {
  return typeof part === 'string' ? new TextEncoder().encode(part) : part
}

export function parseBody(bytes: Uint8Array): unknown {
  const parsed = parseJson(decodeText(bytes))
  if (!parsed.ok) throw new Refused('wrongEvent', parsed.why)
  return parsed.value
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refused('wrongEvent', 'The body is not UTF-8')
  }
}

// Not every runtime can iterate over a stream.
async function* partsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  let isOver = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      isOver = done
      if (done) return
      yield value
    }
  } finally {
    if (!isOver) void reader.cancel().catch(() => {}) // the answer does not depend on the rest
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function joined(parts: readonly Uint8Array[], sizeBytes: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(sizeBytes)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
