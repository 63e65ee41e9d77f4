import { lookup, Resolver } from 'node:dns/promises'
import { AttemptFailure } from './attempt-failure.ts'

/** The addresses of a name. Rejects if it has none. The signal ends the search. */
export type Resolve = (hostname: string, signal: AbortSignal) => Promise<readonly string[]>

const patience = { timeout: 2_000, tries: 2 }

/** Resolves as every program of this machine does: with its hosts file and its search domains. */
export const resolveLocally: Resolve = async hostname => {
  const found = await lookup(hostname, { all: true })
  return found.map(({ address }) => address)
}

/** Asks the name servers alone. A slow one blocks no thread, so other names are not delayed. */
export function makePublicResolve(servers?: readonly string[]): Resolve {
  return async (hostname, signal) => {
    const resolver = new Resolver(patience)
    if (servers) resolver.setServers(servers)
    signal.addEventListener('abort', () => resolver.cancel(), { once: true })
    const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
    const found = answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []))
    if (found.length === 0) throw new AttemptFailure('CONNECTION_REFUSED', { cause: answers })
    return found
  }
}
