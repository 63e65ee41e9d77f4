/** A server over bare TCP that answers whatever a test says, byte by byte. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { whenOver } from './run-context.ts'

export type HostileAnswer = {
  /** What is wrong with it. */
  family: string
  chunks: Iterable<string | Uint8Array>
  /** `hang`: nothing more comes, and the line stays open. */
  ending: 'keep' | 'close' | 'reset' | 'hang'
  pauseMs?: number
}

export type HeardRequest = { verb: string; path: string; head: string }

export type HostileServer = {
  url: string
  /** How many answers were begun, and how many bytes of them were taken by the network. */
  given(): { answers: number; bytes: number }
  /** The heads of all requests; kept only where a test asks for them. */
  heard: HeardRequest[]
}

type Options = { answerTo: (request: HeardRequest, count: number) => HostileAnswer; remembers?: true }

/** Closed when the test is over. Keeps nothing of a connection that is over, so that the memory measured is the client's. */
export async function startHostileServer({ answerTo, remembers }: Options): Promise<HostileServer> {
  const open = new Set<Socket>()
  const heard: HeardRequest[] = []
  let answers = 0
  let bytesBefore = 0
  const server = createServer({ noDelay: true }, socket => {
    open.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      bytesBefore += socket.bytesWritten
      open.delete(socket)
    })
    listenTo(socket, request => {
      if (remembers) heard.push(request)
      return answerTo(request, answers++)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  whenOver(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  const given = () => ({ answers, bytes: [...open].reduce((sum, socket) => sum + socket.bytesWritten, bytesBefore) })
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return { url: `http://127.0.0.1:${port}`, given, heard }
}

function listenTo(socket: Socket, answerTo: (request: HeardRequest) => HostileAnswer): void {
  let text = ''
  socket.on('data', chunk => {
    text += chunk.toString('latin1')
    const headLength = text.indexOf('\r\n\r\n') + 4
    if (headLength < 4 || !isWhole(text.slice(0, headLength), text.slice(headLength))) return
    const head = text.slice(0, headLength)
    const [verb = '', path = ''] = head.split(' ', 2)
    text = ''
    play(socket, answerTo({ verb, path, head })).catch(() => socket.destroy())
  })
}

function isWhole(head: string, body: string): boolean {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length !== undefined) return body.length >= Number(length)
  return !/\r\ntransfer-encoding:/i.test(head) || body.endsWith('0\r\n\r\n')
}

async function play(socket: Socket, { chunks, ending, pauseMs }: HostileAnswer): Promise<void> {
  for (const chunk of chunks) {
    if (socket.destroyed) return
    if (!socket.write(chunk)) await drained(socket)
    if (pauseMs !== undefined) await wait(pauseMs)
  }
  if (ending === 'close') socket.end()
  if (ending === 'reset') socket.resetAndDestroy()
}

function drained(socket: Socket): Promise<unknown> {
  return new Promise(resolve => {
    const done = () => {
      socket.off('drain', done).off('close', done)
      resolve(undefined)
    }
    socket.on('drain', done).on('close', done)
  })
}
