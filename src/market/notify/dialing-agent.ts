import { Agent, type ClientRequestArgs, type RequestOptions } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Attempt } from './attempt.ts'
import type { Dial } from './dial.ts'

/** What the agent needs for a new connection, beside what Node passes on. */
export type DialRequest = RequestOptions & { url: URL; attempt: Attempt }

// Less than the 5 s after which Node's own server closes an idle connection: fewer requests meet a closed one.
const idleMs = 4_000

/** Keeps connections for a while, by origin; makes new ones with `dial`. */
export class DialingAgent extends Agent {
  readonly #dial: Dial

  constructor(dial: Dial, { isKeeping }: { isKeeping: boolean }) {
    super({ keepAlive: isKeeping, timeout: idleMs })
    this.#dial = dial
  }

  override createConnection(options: ClientRequestArgs, done?: (error: Error | null, stream: Duplex) => void) {
    const { url, attempt } = requireDial(options)
    this.#dial(url, attempt).then(
      socket => done?.(null, socket),
      error => done?.(error, undefined as never), // Node has no stream beside an error
    )
    return undefined
  }

  /** Node's own name for a connection does not tell TLS from none here; an origin does. */
  override getName(options?: ClientRequestArgs): string {
    return requireDial(options).url.origin
  }
}

/** Every request of the sender is made with what the agent needs. */
function requireDial(options: ClientRequestArgs | undefined): DialRequest {
  if (options === undefined || !isDialRequest(options)) throw new TypeError('a request without the attempt it is for')
  return options
}

function isDialRequest(options: ClientRequestArgs): options is DialRequest {
  return 'url' in options && 'attempt' in options
}
