import type { IncomingMessage } from 'node:http'
import { HttpProblem } from './problem.ts'

// What proxies write into their logs for it. Nobody is there to read the answer.
const callerLeft = new HttpProblem(499, 'The caller hung up.')

/** Does work for a caller. The signal is given when the caller hangs up before the work is done. */
export async function whileConnected<T>(
  { socket }: IncomingMessage,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const left = new AbortController()
  const leave = () => left.abort(callerLeft)
  if (socket.destroyed) leave()
  socket.once('close', leave)
  try {
    return await work(left.signal)
  } finally {
    socket.off('close', leave)
  }
}
