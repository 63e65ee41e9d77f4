import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** How many requests are under way on each connection, so that a stop waits for them and for nothing else. */
export class Connections {
  readonly #underWay = new Map<Socket, number>()
  #isStopping = false

  constructor(app: FastifyInstance) {
    app.server.on('connection', socket => this.#accept(socket))
    app.server.on('request', ({ socket }, response) => {
      this.#add(socket, 1)
      response.once('close', () => this.#add(socket, -1))
    })
    // The last answer on a connection closes it; an earlier one must not, or the requests after it would be lost.
    app.addHook('onSend', async (request, reply) => {
      if (this.#isStopping && this.#underWay.get(request.raw.socket) === 1) reply.header('connection', 'close')
    })
  }

  /** Closes the connections without a request under way; Node alone would leave those that never had one. */
  stop(): void {
    this.#isStopping = true
    for (const [socket, count] of this.#underWay) if (count === 0) socket.destroy()
  }

  #accept(socket: Socket): void {
    if (this.#isStopping) return void socket.destroy()
    this.#underWay.set(socket, 0)
    socket.once('close', () => this.#underWay.delete(socket))
  }

  #add(socket: Socket, count: number): void {
    const before = this.#underWay.get(socket)
    if (before !== undefined) this.#underWay.set(socket, before + count)
  }
}
