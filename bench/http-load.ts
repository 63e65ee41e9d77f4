/** A child process that loads an HTTP server: each connection sends its requests one after another, round and round. */
import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'

export type Load = {
  port: number
  seconds: number
  /** For each connection, the requests it cycles through, as they go over the wire. */
  connections: string[][]
}

export type Loaded = { answers: number; refused: number; perSecond: number; p50Ms: number; p99Ms: number }

process.once('message', (load: Load) => {
  void run(load).then(loaded => process.send?.(loaded, () => process.exit(0)))
})

async function run({ port, seconds, connections }: Load): Promise<Loaded> {
  const begun = performance.now()
  const until = begun + seconds * 1000
  const latencies: number[] = []
  let refused = 0
  await Promise.all(
    connections.map(requests =>
      cycle(
        port,
        requests.map(request => Buffer.from(request)),
        (ms, isGood) => {
          latencies.push(ms)
          if (!isGood) refused++
          return performance.now() < until
        },
      ),
    ),
  )
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN
  const elapsed = (performance.now() - begun) / 1000
  return { answers: latencies.length, refused, perSecond: latencies.length / elapsed, p50Ms: at(0.5), p99Ms: at(0.99) }
}

type OnAnswer = (latencyMs: number, isGood: boolean) => boolean

function cycle(port: number, requests: Buffer[], onAnswer: OnAnswer): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let next = 0
    let sentAt = 0
    let pending = ''
    const send = () => {
      sentAt = performance.now()
      socket.write(requests[next++ % requests.length] ?? '')
    }
    socket
      .on('connect', send)
      .on('error', reject)
      .on('close', () => resolve())
    socket.on('data', data => {
      pending += data.toString('latin1')
      if (!isWhole(pending)) return
      const isGood = pending.startsWith('HTTP/1.1 200')
      pending = ''
      if (onAnswer(performance.now() - sentAt, isGood)) send()
      else socket.end()
    })
  })
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  const length = /content-length: (\d+)/i.exec(answer.slice(0, Math.max(end, 0)))?.[1]
  return length !== undefined && answer.length >= end + 4 + Number(length)
}
