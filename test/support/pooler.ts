/**
 * Stands before PostgreSQL as PgBouncer does in transaction mode: each transaction of a client is done in whichever session
 * is free, the next one's turn after the last. It knows no prepared statements, takes no settings at the start, and tells
 * numbers of its own for sessions.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { whenOver } from './run-context.ts'

const sessions = 3
const knownAtStart = ['user', 'database', 'application_name', 'client_encoding']

type Session = { socket: Socket; greeting: Buffer }
/** `owed`: answers that are still to end with ReadyForQuery. */
type Client = { socket: Socket; session: Session | undefined; owed: number; waiting: Buffer[] }

/** Returns the URL of a database through the pooler. */
export async function startPooler(databaseUrl: string): Promise<string> {
  const url = new URL(databaseUrl)
  const idle: Session[] = []
  const hungry: Client[] = []
  for (let made = 0; made < sessions; made++) idle.push(await openSession(url))
  const give = (client: Client, session: Session) => {
    client.session = session
    for (const bytes of client.waiting.splice(0)) session.socket.write(bytes)
    session.socket.removeAllListeners('data').on(
      'data',
      framed(message => back(client, message)),
    )
  }
  const feed = () => {
    while (hungry.length > 0 && idle.length > 0) {
      const [client, session] = [hungry.shift(), idle.shift()]
      if (client && session) give(client, session)
    }
  }
  const back = (client: Client, message: Buffer) => {
    client.socket.write(message)
    if (kindOf(message) !== 'Z' || --client.owed > 0 || message.toString('latin1', 5) !== 'I') return
    const { session } = client
    client.session = undefined
    if (session) idle.push(session)
    feed()
  }
  const forth = (client: Client, message: Buffer) => {
    const kind = kindOf(message)
    if ('QS'.includes(kind)) client.owed++
    if (kind === 'X') client.socket.end()
    else if (client.session) client.session.socket.write(message)
    else if (client.waiting.push(message) === 1) hungry.push(client)
    feed()
  }
  const server = createServer(socket => {
    const client: Client = { socket, session: undefined, owed: 0, waiting: [] }
    socket.on('error', () => {}) // the client has gone
    socket.once('data', start => {
      if (!greet(socket, start, idle[0]?.greeting)) return
      socket.on(
        'data',
        framed(message => forth(client, message)),
      )
    })
    // Its transaction is over with it.
    socket.on('close', async () => {
      if (!client.session) return
      client.session.socket.destroy()
      idle.push(await openSession(url))
      feed()
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  whenOver(() => {
    server.close()
    for (const { socket } of idle) socket.destroy()
  })
  const { port } = server.address() as { port: number } // it listens on a port
  return `postgres://${url.username}@127.0.0.1:${port}${url.pathname}`
}

const kindOf = (message: Buffer) => message.toString('latin1', 0, 1)

/** Cuts a stream into whole messages: a letter, a length, the rest. */
function framed(take: (message: Buffer) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  return bytes => {
    rest = Buffer.concat([rest, bytes])
    while (rest.length >= 5 && rest.length > rest.readUInt32BE(1)) {
      const end = 1 + rest.readUInt32BE(1)
      const message = rest.subarray(0, end)
      rest = rest.subarray(end)
      take(message)
    }
  }
}

function spell(kind: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(kind)
  head.writeUInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

/** A session of the server's own, and what it told at its start. */
async function openSession({ hostname, port, username, pathname }: URL): Promise<Session> {
  const folder = decodeURIComponent(hostname)
  const socket = folder.startsWith('/')
    ? connect(join(folder, `.s.PGSQL.${port || 5432}`))
    : connect(Number(port), folder)
  socket.on('error', () => {}) // the test is over
  const words = Buffer.from(`user\0${username}\0database\0${pathname.slice(1)}\0\0`)
  const start = Buffer.alloc(8)
  start.writeUInt32BE(words.length + 8)
  start.writeUInt32BE(196_608, 4)
  socket.write(Buffer.concat([start, words]))
  const told: Buffer[] = []
  await new Promise<void>(resolve =>
    socket.on(
      'data',
      framed(message => {
        if (kindOf(message) === 'S') told.push(message)
        if (kindOf(message) === 'Z') resolve()
      }),
    ),
  )
  return { socket, greeting: Buffer.concat(told) }
}

/** False if the client asks at its start for what a pooler cannot give. */
function greet(socket: Socket, start: Buffer, greeting: Buffer | undefined): boolean {
  const names = start
    .toString('utf8', 8)
    .split('\0')
    .filter((name, index) => index % 2 === 0 && name !== '')
  const unknown = names.find(name => !knownAtStart.includes(name))
  if (unknown !== undefined) {
    const words = `SFATAL\0C08P01\0Munsupported startup parameter: ${unknown}\0\0`
    socket.end(spell('E', Buffer.from(words)))
    return false
  }
  socket.write(spell('R', Buffer.alloc(4)))
  socket.write(greeting ?? '')
  socket.write(spell('K', randomBytes(8)))
  return socket.write(spell('Z', Buffer.from('I'))) || true
}
