import type { Socket } from 'node:net'
import { readUnconfirmed } from './unconfirmed.ts'

/**
 * A peer of 1 KB/s must not be cut. Its system confirms what it has read in steps: of 96 KB on the way from one program of a
 * machine to another, of much less over a network.
 */
export const stalledAfterMsDefault = 120_000
const looks = 8

type Mark = { confirmed: number; looks: number }

/**
 * Gives up connections whose peers have stopped reading: an answer that nobody reads holds memory, an open file, a parallel
 * slot. Node's own timeout of a socket would not do: it counts what the peer sends, too, and does not see a slow reader.
 */
export class StalledReaders {
  readonly #sockets: ReadonlyMap<Socket, unknown>
  readonly #lookEveryMs: number
  readonly #marks = new WeakMap<Socket, Mark>()
  #timer: NodeJS.Timeout | undefined
  #isLooking = false

  constructor(sockets: ReadonlyMap<Socket, unknown>, stalledAfterMs: number) {
    this.#sockets = sockets
    this.#lookEveryMs = stalledAfterMs / looks
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), this.#lookEveryMs).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async look(): Promise<void> {
    const writing = [...this.#sockets.keys()].filter(socket => socket.writableLength > 0)
    if (writing.length === 0 || this.#isLooking) return
    this.#isLooking = true
    const unconfirmedOf = await readUnconfirmed()
    this.#isLooking = false
    for (const socket of writing) this.#compare(socket, handedOver(socket) - unconfirmedOf(socket))
  }

  #compare(socket: Socket, confirmed: number): void {
    const mark = this.#marks.get(socket)
    if (mark?.confirmed !== confirmed) this.#marks.set(socket, { confirmed, looks: 0 })
    // A reset: the system would keep the answer for the peer for minutes.
    else if (++mark.looks >= looks) socket.resetAndDestroy()
  }
}

type Handle = { bytesWritten: number; writeQueueSize: number }

/** How many bytes the system has taken for the peer. */
function handedOver(socket: Socket): number {
  const { _handle: handle } = socket as Socket & { _handle?: Handle | null } // Node tells it nowhere else
  return handle ? handle.bytesWritten - handle.writeQueueSize : 0
}
