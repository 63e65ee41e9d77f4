import { connect } from 'node:net'
import { type Answer, readAnswers } from './answers.ts'

/** A connection of HTTP that has at most one request under way. */
export type Connection = {
  /** Rejects when the connection ends before the answer. */
  ask(request: Buffer): Promise<Answer>
  close(): void
}

// What is read is counted at once and not kept: all connections share it.
const shared = Buffer.alloc(65_536)

export function openConnection(port: number): Promise<Connection> {
  const read = readAnswers()
  let settle = { resolve: (_: Answer) => {}, reject: (_: Error) => {} }
  return new Promise((opened, failed) => {
    const fail = (error: Error) => {
      failed(error)
      settle.reject(error)
    }
    const take = (size: number) => {
      const answer = read(shared.subarray(0, size))
      if (answer) settle.resolve(answer)
      return true
    }
    const socket = connect({
      ...{ port, host: '127.0.0.1', noDelay: true },
      onread: { buffer: shared, callback: take },
    })
    const ask = (request: Buffer) =>
      new Promise<Answer>((resolve, reject) => {
        settle = { resolve, reject }
        socket.write(request)
      })
    socket
      .on('connect', () => opened({ ask, close: () => socket.destroy() }))
      .on('error', fail)
      .on('close', () => fail(new Error('the server has closed a connection')))
  })
}
