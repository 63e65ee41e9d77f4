import { rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { codeOf } from '#kit'
import { onLines, sendLine } from '../link/lines.ts'
import type { Request } from '../link/protocol.ts'
import { closeAll, type Means, perform } from './acts.ts'
import { Markets } from './markets.ts'

/** Between two test files, or two runs of somebody who edits. */
const lingerMs = 5_000

/** Serves test files until nobody has been there for a while. Resolves when it listens; false if another host does. */
export async function serveTests(path: string): Promise<boolean> {
  let started: Promise<Markets> | undefined
  const markets = () => {
    started ??= Markets.start()
    return started
  }
  const visitors = new Set<Socket>()
  const end = () => void finish(server, started)
  let leaving = setTimeout(end, lingerMs)
  const server = createServer(socket => {
    visitors.add(socket)
    clearTimeout(leaving)
    void serveOne(socket, markets).then(() => {
      visitors.delete(socket)
      if (visitors.size === 0) leaving = setTimeout(end, lingerMs)
    })
  })
  if (await tryListen(server, path)) return true
  clearTimeout(leaving)
  return false
}

/** Resolves when the test file has gone and its markets with it. */
async function serveOne(socket: Socket, markets: Means['markets']): Promise<void> {
  let isGone = false
  const means: Means = { mine: new Map(), markets, isGone: () => isGone }
  const left = Promise.withResolvers<void>()
  socket.on('error', () => {}) // `close` follows
  socket.on('close', left.resolve)
  onLines(socket, request => void answer(socket, request as Request, means)) // what a link sends
  await left.promise
  isGone = true
  await closeAll(means.mine).catch(report)
}

async function answer(socket: Socket, { id, act, takes }: Request, means: Means): Promise<void> {
  try {
    sendLine(socket, { id, gives: await perform(act, takes, means) })
  } catch (error) {
    sendLine(socket, { id, error: error instanceof Error ? error.message : String(error) })
  }
}

/** False if somebody listens there. What a killed host has left is removed. */
async function tryListen(server: Server, path: string): Promise<boolean> {
  try {
    await listenAt(server, path)
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error
    if (await isAnswered(path)) return false
    rmSync(path, { force: true })
    await listenAt(server, path)
  }
  return true
}

function listenAt(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(path)
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}

async function finish(server: Server, started: Promise<Markets> | undefined): Promise<void> {
  server.close()
  await started?.then(markets => markets.stop()).catch(report)
  process.exit(0)
}

function report(error: unknown): void {
  console.error(error)
}
