import type { Socket } from 'node:net'
import { onLines, sendLine } from './lines.ts'
import type { ActName, Gives, Link, Reply, Takes } from './protocol.ts'

type Waiting = { resolve(value: unknown): void; reject(error: Error): void }

/** The way from a test's process to the host. It has no timers, which a test may have stopped. */
export class HostLink implements Link {
  readonly #socket: Socket
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0

  constructor(socket: Socket) {
    this.#socket = socket
    socket.unref()
    // A reply is what the host's own `sendLine` was given.
    onLines(socket, reply => this.#settle(reply as Reply))
    socket.on('error', () => {}) // `close` follows, and tells whoever waits
    socket.on('close', () => this.#lose())
  }

  /** While it waits for an answer the process stays alive. */
  ask<Name extends ActName>(act: Name, takes: Takes<Name>): Promise<Gives<Name>> {
    const id = ++this.#asked
    return new Promise((resolve, reject) => {
      if (!this.#socket.writable) return reject(lost())
      // The host answers each act with what the protocol says.
      this.#waiting.set(id, { resolve: value => resolve(value as Gives<Name>), reject })
      this.#socket.ref()
      sendLine(this.#socket, { id, act, takes })
    })
  }

  get isLost(): boolean {
    return !this.#socket.writable
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if (this.#waiting.size === 0) this.#socket.unref()
    if ('error' in reply) waiting?.reject(new Error(reply.error))
    else waiting?.resolve(reply.gives)
  }

  #lose(): void {
    for (const { reject } of this.#waiting.values()) reject(lost())
    this.#waiting.clear()
  }
}

function lost(): Error {
  return new Error(
    'the market of the tests has ended; what it said last is in prilavok-testing-*/*.log of the temporary folder',
  )
}
