import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { StalledReaders } from './stalled-readers.ts'
import { readUnconfirmed } from './unconfirmed.ts'

const patience = { timeout: 30_000 }
const neverMs = 2 ** 30

/** A connection on which the server has written more than the systems of both sides take, and who watches it. */
async function makeStage() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const peer = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1').pause()
  const [socket] = (await once(server, 'connection')) as [Socket] // what the event has
  socket.on('error', () => {})
  peer.on('error', () => {})
  onTestFinished(() => {
    peer.destroy()
    socket.destroy()
    server.close()
  })
  const readers = new StalledReaders(new Map([[socket, undefined]]), neverMs)
  const look = async (times: number) => {
    for (let i = 0; i < times; i++) await readers.look()
  }
  return { socket, peer, look, write: () => socket.write(Buffer.alloc(32 * 1024 * 1024)) }
}

/** The peer's system has taken all that it takes. */
async function fill(socket: Socket): Promise<void> {
  let before = -1
  const isFull = async () => {
    const now = (await readUnconfirmed())(socket)
    const isSame = now === before && now > 0
    before = now
    return isSame
  }
  await expect.poll(isFull, patience).toBe(true)
}

test('a peer that reads nothing is given up', async () => {
  const { socket, write, look } = await makeStage()
  write()
  await fill(socket)

  await look(7)
  expect(socket.destroyed).toBe(false)
  await look(2)
  expect(socket.destroyed).toBe(true)
})

test('a peer that sends and reads nothing is given up, and so is one for whom there is ever more to read', async () => {
  const { socket, peer, write, look } = await makeStage()
  write()
  await fill(socket)
  for (let i = 0; i < 10; i++) {
    peer.write('more')
    socket.write('a beat')
    await look(1)
  }

  expect(socket.destroyed).toBe(true)
})

test('a peer that reads little by little is not', async () => {
  const { socket, peer, write, look } = await makeStage()
  write()
  await fill(socket)
  let read = 0
  peer.on('data', chunk => {
    read += chunk.length
    peer.pause()
  })
  // More than the step in which its system confirms: a sixteenth of its buffer, which systems let grow to 32 MB.
  for (let step = 1; step <= 4; step++) {
    const before = read
    await look(6)
    while (read < before + 3 * 1024 * 1024) {
      peer.resume()
      await once(peer, 'data')
    }
  }

  expect(socket.destroyed).toBe(false)
})

test('a peer that has nothing to read may wait as long as it likes', async () => {
  const { socket, peer, look } = await makeStage()
  socket.write('a small answer')
  await vi.waitFor(() => expect(socket.writableLength).toBe(0), patience)
  peer.write('half a request')

  await look(20)

  expect(socket.destroyed).toBe(false)
})
