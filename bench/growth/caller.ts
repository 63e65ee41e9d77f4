import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'

export type Request = { method: 'GET' | 'POST'; path: string; headers: Record<string, string>; json?: object }
export type Answer = { ms: number; status: number; body: string }

/** One connection, on which one request goes after another. */
export class Caller {
  readonly #socket
  #pending: Buffer[] = []
  #onData = () => {}
  #failed: Error | undefined

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.on('data', data => {
      this.#pending.push(data)
      this.#onData()
    })
    this.#socket.on('error', error => {
      this.#failed = error
      this.#onData()
    })
  }

  async call(request: Request): Promise<Answer> {
    const text = toText(request)
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.#pending = []
    const begun = performance.now()
    this.#onData = () => {
      if (this.#failed) return reject(this.#failed)
      const answer = readAnswer(Buffer.concat(this.#pending))
      if (answer) resolve({ ms: performance.now() - begun, ...answer })
    }
    this.#socket.write(text)
    return promise
  }

  close(): void {
    this.#socket.destroy()
  }
}

function toText({ method, path, headers, json }: Request): string {
  const body = json === undefined ? '' : JSON.stringify(json)
  const all = {
    host: 'bench',
    ...headers,
    ...(json && { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(body)}` }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${path} HTTP/1.1`, ...lines, '', body].join('\r\n')
}

function readAnswer(bytes: Buffer): Omit<Answer, 'ms'> | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = bytes.toString('latin1', 0, end)
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1])
  if (bytes.length < end + 4 + length) return undefined
  return { status: Number(head.slice(9, 12)), body: bytes.toString('utf8', end + 4) }
}
