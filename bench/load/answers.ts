/** An answer of an HTTP server, as far as a load looks at it. */
export type Answer = { isGood: boolean; bodyBytes: number }

const endOfHead = Buffer.from('\r\n\r\n')

/**
 * Reads the answers of one connection from its chunks, one after another: each head once, and of a body only how long it is.
 * A chunk is not kept. Returns the answer that a chunk completes. Throws on an answer without content-length, and on more than one in a chunk.
 */
export function readAnswers(): (chunk: Buffer) => Answer | undefined {
  let begun: Buffer | undefined
  let answer: Answer | undefined
  let missing = 0
  return chunk => {
    let rest = chunk.length
    if (answer === undefined) {
      const bytes = begun ? Buffer.concat([begun, chunk]) : chunk
      const end = bytes.indexOf(endOfHead)
      begun = end < 0 ? Buffer.from(bytes) : undefined
      if (end < 0) return undefined
      answer = parseHead(bytes.toString('latin1', 0, end))
      missing = answer.bodyBytes
      rest = bytes.length - end - endOfHead.length
    }
    missing -= rest
    if (missing > 0) return undefined
    if (missing < 0) throw new Error('a server has answered more than it was asked')
    const whole = answer
    answer = undefined
    return whole
  }
}

function parseHead(head: string): Answer {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length === undefined) throw new Error(`an answer does not say how long it is: ${head.split('\r\n')[0]}`)
  return { isGood: head.startsWith('HTTP/1.1 200'), bodyBytes: Number(length) }
}
