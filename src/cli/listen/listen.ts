import { hostname } from 'node:os'
import { Type } from 'typebox'
import { chatNotificationTypes, serializeJson } from '#contract'
import { Problem, systemClock } from '#kit'
import { connect, findMarket, isLoopback, printable, requireBusinessId } from '../connection/find-market.ts'
import { signalled } from '../terminal/signals.ts'
import { version } from '../terminal/version.ts'
import { Lines, paint, timeOf } from './event-lines.ts'
import { forward, type Incoming, type Outgoing } from './forward.ts'
import type { ListenFlags } from './listen-command.ts'
import { openReceiver } from './receiver.ts'
import { ListenSubscription } from './subscription.ts'
import { enable, watch } from './watch-subscription.ts'

const Business = Type.Object({ business: Type.Object({ name: Type.String() }) })
const labelWidth = 12

/** Watches notifications until Ctrl-C. */
export async function listen(flags: ListenFlags): Promise<void> {
  const stop = signalled()
  const place = await findMarket(flags)
  requireReachable(place.url, flags)
  const admin = connect(place)
  const businessId = await requireBusinessId(place, admin)
  const { business } = await admin.ask(`GET /admin/v1/businesses/${businessId}`, Business)
  const lines = new Lines(print)
  await using receiver = await openReceiver({
    ...flags,
    handle: handlerOf(flags.forwardTo),
    onEvent: event => lines.tell(event, systemClock.now()),
  })
  const subscription = await ListenSubscription.make(admin, businessId, {
    name: `prilavok listen on ${hostname()}`,
    url: (flags.publicUrl ?? `http://${bracketed(flags.host)}:${receiver.port}`) + receiver.path,
    types: flags.types ?? chatNotificationTypes,
  })
  print(headerOf(flags, { cabinet: `${businessId} · ${printable(business.name)}`, secret: subscription.secret }))
  try {
    await follow(subscription, stop)
  } finally {
    await sayGoodbye(subscription, lines)
  }
}

/** Until the signal, or until nobody reads what we print. */
async function follow(subscription: ListenSubscription, stop: Promise<void>): Promise<void> {
  const over = new AbortController()
  const unread = new Promise<void>(resolve => process.stdout.on('error', () => resolve()))
  const say = (line: string) => print(`${timeOf(systemClock.now())}  ${paint('bold', line)}`)
  const work = enable(subscription, say, over.signal).then(() => watch(subscription, say, over.signal))
  try {
    await Promise.race([stop, unread, work])
  } finally {
    over.abort()
    await work.catch(() => {}) // it was told already, or is our own abort
  }
}

async function sayGoodbye(subscription: ListenSubscription, lines: Lines): Promise<void> {
  const isRemoved = await subscription.remove().then(
    () => true,
    () => false,
  )
  const left = isRemoved
    ? 'unsubscribed'
    : 'the market does not answer, so the subscription stays: the next prilavok listen removes it'
  print(`\n  Stopped: ${lines.summary()}; ${left}.`)
}

function handlerOf(to: URL | undefined): (incoming: Incoming, signal: AbortSignal) => Promise<Outgoing> {
  if (to) return (incoming, signal) => forward(to, incoming, signal)
  return async () => {
    const body = Buffer.from(serializeJson({ version, name: 'prilavok listen', time: systemClock.now().toISOString() }))
    const media = 'application/json'
    return { kind: 'answered', status: 200, media, body, headers: { 'content-type': media } }
  }
}

/** A market elsewhere cannot reach a listener on this machine's loopback. */
function requireReachable(url: string, { publicUrl }: ListenFlags): void {
  if (publicUrl !== undefined || isLoopback(url)) return
  throw new Problem(
    `The market at ${url} is on another machine and cannot reach this one by itself: open a tunnel to a port here and give both, as in --port 4000 --public-url https://your-tunnel.example.`,
  )
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

function headerOf({ forwardTo, types }: ListenFlags, { cabinet, secret }: { cabinet: string; secret: string }): string {
  const rows: [string, string][] = [
    ['Cabinet', cabinet],
    ['Types', types?.join(', ') ?? 'all'],
    [
      'Forward to',
      forwardTo?.href ?? `nothing: answered here (${paint('dim', '--forward-to gives them to a program')})`,
    ],
    ['Secret', `${secret} ${paint('dim', '(signs webhook-signature; good for this run)')}`],
  ]
  const table = rows.map(([label, value]) => `  ${label.padEnd(labelWidth)}${value}`)
  return [
    '',
    `  ${paint('bold', 'Listening')} for notifications.`,
    '',
    ...table,
    '',
    '  Ctrl-C unsubscribes and stops.',
    '',
  ].join('\n')
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
