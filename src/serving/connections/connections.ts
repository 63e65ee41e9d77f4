import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { StalledReaders, stalledAfterMsDefault } from './stalled-readers.ts'

const maxUnderWay = 8
// What one read of a socket brings may hold many more requests than may be under way.
const maxWaiting = 1_000

/** `open`: requests that are not answered yet; `waiting`: those of them that have not begun, in their order. */
type Line = { socket: Socket; open: number; waiting: (() => void)[] }

/**
 * The connections of a server and the requests on each: at most 8 of a connection are under way, the others wait. Connections
 * whose peers read nothing are given up. A stop waits for what is under way and for nothing else.
 */
export class Connections {
  readonly #lines = new Map<Socket, Line>()
  readonly #stalled: StalledReaders
  #isLeaving = false
  #isStopping = false

  /** `stalledAfterMs`: how long a peer may read nothing of an answer that waits for it. */
  constructor({ stalledAfterMs = stalledAfterMsDefault }: { stalledAfterMs?: number | undefined } = {}) {
    this.#stalled = new StalledReaders(this.#lines, stalledAfterMs)
  }

  /** To be called before the server has hooks of its own: a request that waits has not begun. */
  attach(app: FastifyInstance): void {
    app.server.on('connection', socket => this.#accept(socket))
    app.addHook('onRequest', (request, reply, done) => this.#begin(request, reply, done))
    // The last answer on a connection closes it; an earlier one must not, or the requests after it would be lost.
    app.addHook('onSend', (request, reply, _payload, done) => {
      if (this.#isLeaving && this.#lines.get(request.raw.socket)?.open === 1) reply.header('connection', 'close')
      done()
    })
    app.addHook('onClose', async () => this.#stalled.stop())
    this.#stalled.start()
  }

  /** From now on each answer asks its caller to connect anew, which is where a balancer sends it: elsewhere. New connections are taken. */
  leave(): void {
    this.#isLeaving = true
  }

  /** Closes the connections without a request under way; Node alone would leave those that never had one. */
  stop(): void {
    this.#isLeaving = true
    this.#isStopping = true
    for (const { socket, open } of this.#lines.values()) if (open === 0) socket.destroy()
  }

  #accept(socket: Socket): Line {
    const line = { socket, open: 0, waiting: [] }
    if (this.#isStopping) socket.destroy()
    else this.#lines.set(socket, line)
    socket.once('close', () => this.#lines.delete(socket))
    return line
  }

  #begin({ raw: { socket } }: FastifyRequest, { raw: response }: FastifyReply, begin: () => void): void {
    const line = this.#lines.get(socket) ?? this.#accept(socket)
    line.open++
    response.once('close', () => endRequest(line))
    if (line.open - line.waiting.length <= maxUnderWay) {
      begin()
      return
    }
    // On a connection that is lost nothing begins any more.
    if (line.waiting.length < maxWaiting) socket.pause()
    else socket.destroy()
    line.waiting.push(begin)
  }
}

/** Lets the next request of the connection begin. When the connection is lost, none does. */
function endRequest(line: Line): void {
  line.open--
  const begin = line.socket.destroyed ? undefined : line.waiting.shift()
  if (begin === undefined) return
  begin()
  if (line.waiting.length === 0) line.socket.resume()
}
