/** Answers are read no further than this. The largest page, 100 texts of 4096 units each escaped as \uXXXX, is below 2.5 MB. */
export const answerMaxBytes: number = 4 * 1024 * 1024

export type Read = { ok: true; text: string } | { ok: false; why: string }

/** A body as text, bounded; what is too large or no UTF-8 is cancelled. Rejects if the connection breaks. */
export async function readBody(response: Response): Promise<Read> {
  // Some runtimes have no streams.
  if (!response.body) return { ok: true, text: await response.text() }
  const reader = response.body.getReader()
  const decode = makeDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    bytes += value?.byteLength ?? 0
    const isTooLarge = bytes > answerMaxBytes
    const piece = isTooLarge ? undefined : decode(value)
    if (piece === undefined) {
      // The answer is refused, however the rest ends.
      reader.cancel().catch(() => {})
      return { ok: false, why: isTooLarge ? `is larger than ${answerMaxBytes} bytes` : 'is no UTF-8' }
    }
    text += piece
    if (done) return { ok: true, text }
  }
}

/** UTF-8 piece by piece; without bytes, the end. undefined: it is no UTF-8. */
function makeDecoder(): (bytes: Uint8Array | undefined) => string | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return bytes => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch {
      return undefined
    }
  }
}
