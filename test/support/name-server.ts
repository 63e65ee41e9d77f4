/** A name server on loopback that says what a test tells it: for the n-th name, the n-th list of addresses; for each name what a function says; or nothing. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { whenOver } from './run-context.ts'

const types = { 1: 4, 28: 6 } as Record<number, number>

type Answers = readonly (readonly string[])[] | ((name: string, family: number) => readonly string[])
type NameServer = {
  address: string
  /** Resolves when it has been asked for the first time. */
  asked: Promise<unknown>
}

export async function startNameServer(answers: Answers | 'silent'): Promise<NameServer> {
  const socket = createSocket('udp4')
  const names: string[] = []
  const asked = once(socket, 'message')
  socket.on('message', (query, { port, address }) => {
    if (answers === 'silent') return
    const end = query.indexOf(0, 12)
    const name = query.toString('latin1', 12, end)
    if (!names.includes(name)) names.push(name)
    const family = types[query.readUInt16BE(end + 1)]
    const listed =
      typeof answers === 'function'
        ? answers(labelsOf(query.subarray(12, end)), family ?? 0)
        : answers[names.indexOf(name)]
    const found = (listed ?? []).filter(text => (text.includes(':') ? 6 : 4) === family)
    socket.send(spellAnswer(query.subarray(0, end + 5), found), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  whenOver(() => void socket.close())
  return { address: `127.0.0.1:${socket.address().port}`, asked }
}

/** Each label has its length before it. */
function labelsOf(bytes: Buffer): string {
  const labels: string[] = []
  for (let at = 0; at < bytes.length; at += 1 + (bytes[at] ?? 0))
    labels.push(bytes.toString('latin1', at + 1, at + 1 + (bytes[at] ?? 0)))
  return labels.join('.')
}

/** The question is repeated; each record points back to its name, and is to be kept for no time. */
function spellAnswer(question: Buffer, found: readonly string[]): Buffer {
  const head = Buffer.from(question)
  head.writeUInt16BE(0x8180, 2)
  head.writeUInt16BE(found.length, 6)
  head.writeUInt32BE(0, 8)
  const records = found.map(text => {
    const bytes = text.includes(':') ? bytes6(text) : Buffer.from(text.split('.').map(Number))
    const type = bytes.length === 4 ? 1 : 28
    return Buffer.concat([Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, bytes.length]), bytes])
  })
  return Buffer.concat([head, ...records])
}

function bytes6(text: string): Buffer {
  const [head = [], tail = []] = text.split('::').map(half => half.split(':').filter(Boolean))
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail]
  return Buffer.from(groups.map(group => group.padStart(4, '0')).join(''), 'hex')
}
