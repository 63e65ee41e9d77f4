import { Resolver } from 'node:dns/promises'
import { Socket } from 'node:net'
import { startNameServer } from '../../test/support/name-server.ts'
import { whenOver } from '../../test/support/run-context.ts'

/** The name under which the market dials what it has checked: see src/market/notify/dial.ts. */
const dialledHost = 'checked.invalid'

type Answer = (family: number) => readonly string[]
type Dial = {
  host?: string
  lookup?: (host: string, options: object, done: (error: null, found: { address: string }[]) => void) => void
}

export type WatchedNetwork = {
  /** What the name server says of a name. */
  answer(name: string, answer: Answer): void
  /** Every address that the market has tried to call. */
  dialled(): string[]
}

/**
 * A name server of our own for all names, and a wire-tap: whom the market calls is written down. No other
 * machine is really called; who calls this one gets through.
 */
export async function watchNetwork(): Promise<WatchedNetwork> {
  const answers = new Map<string, Answer>()
  const { address } = await startNameServer((name, family) => answers.get(name)?.(family) ?? [])
  const dialled: string[] = []
  const told = new WeakSet<Resolver>()
  const { resolve4, resolve6 } = Resolver.prototype
  const { connect } = Socket.prototype
  const asking = <Args extends unknown[], Found>(resolve: (...args: Args) => Found) =>
    function (this: Resolver, ...args: Args): Found {
      // Not while it asks already.
      if (!told.has(this)) this.setServers([address])
      told.add(this)
      return resolve.apply(this, args)
    }
  Resolver.prototype.resolve4 = asking(resolve4) as typeof resolve4 // it takes and gives the same
  Resolver.prototype.resolve6 = asking(resolve6) as typeof resolve6 // likewise
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
    const [options] = args.flat() as Dial[] // as Node's own callers have it
    if (options?.host !== dialledHost) return Reflect.apply(connect, this, args)
    const found: string[] = []
    options.lookup?.(dialledHost, {}, (_error, all) => found.push(...all.map(one => one.address)))
    dialled.push(...found)
    const isHere = found.every(one => one === '::1' || one.startsWith('127.'))
    return isHere ? Reflect.apply(connect, this, args) : this.destroy(new Error('refused by the proof'))
  } as typeof connect
  whenOver(() => {
    Object.assign(Resolver.prototype, { resolve4, resolve6 })
    Socket.prototype.connect = connect
  })
  return { answer: (name, answer) => void answers.set(name, answer), dialled: () => [...dialled] }
}
