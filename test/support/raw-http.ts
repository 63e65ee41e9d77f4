/** HTTP by hand, for requests that no client would make: half bodies, held open, pipelined, broken. */
import { connect, type Socket } from 'node:net'
import { whenOver } from './run-context.ts'

export type RawConnection = {
  socket: Socket
  /** All that the server has said so far. */
  said(): string
  /** Resolves with all it said when it has hung up. */
  closed: Promise<string>
  /** Resolves when it has said something that matches. */
  answered(pattern: RegExp): Promise<string>
}

export async function openConnection(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  whenOver(() => void socket.destroy())
  let text = ''
  const closed = Promise.withResolvers<string>()
  socket.on('data', chunk => {
    text += chunk.toString('latin1')
  })
  // A reset is one of the ways in which a server hangs up.
  socket.on('error', () => {})
  socket.on('close', () => closed.resolve(text))
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  const answered = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => pattern.test(text) && resolve(text)
      socket.on('data', look)
      socket.once('close', () => reject(new Error(`the server hung up without ${pattern}, having said: ${text}`)))
      look()
    })
  return { socket, said: () => text, closed: closed.promise, answered }
}

/** The head of a request with its headers, ready for a body. */
export function spellHead(verb: string, path: string, headers: Record<string, string | number> = {}): string {
  const lines = Object.entries({ host: 'market', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${verb} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
}
