import { hostname } from 'node:os'
import { type ChatNotificationType, chatNotificationTypes, serializeJson, Type } from '#contract'
import { Problem, systemClock } from '#kit'
import { type ConnectionFlags, findMarket, isLoopback, requireBusinessId } from '../connection/find-market.ts'
import { clockTime } from '../terminal/format-time.ts'
import { Interrupt } from '../terminal/interrupt.ts'
import { hasKeys, onKeys } from '../terminal/keys.ts'
import { paint, print } from '../terminal/print.ts'
import { onOneLine } from '../terminal/printable.ts'
import { formatRows } from '../terminal/table.ts'
import { version } from '../terminal/version.ts'
import type { Texts } from '../texts/index.ts'
import { AttemptLines } from './attempt-lines.ts'
import { forward, type Incoming, type Outgoing } from './forward.ts'
import { openReceiver } from './receiver.ts'
import { findListenSecret, signAnew } from './secret.ts'
import { ListenSubscription } from './subscription.ts'
import { SubscriptionWatch } from './watch-subscription.ts'

/** What `listen` is told. */
export type ListenFlags = ConnectionFlags & {
  forwardTo?: URL
  types?: readonly ChatNotificationType[]
  host: string
  port: number
  publicUrl?: string
  secret?: string
  printSecret?: true
}

const Business = Type.Object({ business: Type.Object({ name: Type.String() }) })

/** Watches notifications until Ctrl-C; or only prints the secret, for which no market is asked. */
export async function listen(flags: ListenFlags, texts: Texts): Promise<void> {
  if (flags.printSecret) print(await secretOf(flags, texts))
  else await listenUntilOver(flags, texts)
}

async function secretOf({ secret, data }: ListenFlags, texts: Texts): Promise<string> {
  return secret ?? findListenSecret(data, texts)
}

async function listenUntilOver(flags: ListenFlags, texts: Texts): Promise<void> {
  using interrupt = new Interrupt()
  const market = await findMarket(flags, texts)
  const { admin } = market
  requireReachable(admin.url, flags, texts)
  const businessId = await requireBusinessId(market, texts)
  const { business } = await admin.ask(`GET /admin/v1/businesses/${businessId}`, Business)
  const secret = await secretOf(flags, texts)
  const lines = new AttemptLines(print, texts)
  await using receiver = await openReceiver({
    ...flags,
    texts,
    handle: handlerOf(flags.forwardTo, secret),
    onAttempt: attempt => lines.tell(attempt, systemClock.now()),
  })
  const subscription = await ListenSubscription.take(admin, businessId, {
    name: `prilavok listen on ${hostname()}`,
    url: (flags.publicUrl ?? `http://${bracketed(flags.host)}:${receiver.port}`) + receiver.path,
    types: flags.types ?? chatNotificationTypes,
    texts,
  })
  const told = { market: admin.url, business: `${businessId} · ${onOneLine(business.name)}`, secret }
  print(headerOf(flags, told, texts))
  try {
    await follow(subscription, interrupt, texts)
  } finally {
    await sayGoodbye(subscription, lines, texts)
  }
}

/** Until Ctrl-C, or until nobody reads what we print. */
async function follow(subscription: ListenSubscription, interrupt: Interrupt, texts: Texts): Promise<void> {
  const over = new AbortController()
  const unread = new Promise<void>(resolve => process.stdout.on('error', () => resolve()))
  const say = (line: string) => print(`${clockTime(systemClock.now())}  ${paint('bold', line)}`)
  const work = new SubscriptionWatch(subscription, say, texts).run(over.signal)
  using _keys = hasKeys() ? onKeys({ r: () => void retry(subscription, say) }) : undefined
  try {
    await Promise.race([interrupt.come(), unread, work])
  } finally {
    over.abort()
    await work.catch(() => {}) // it was told already, or is our own abort
  }
}

async function retry(subscription: ListenSubscription, say: (line: string) => void): Promise<void> {
  const whyNot = await subscription.retry()
  if (whyNot !== undefined) say(whyNot)
}

async function sayGoodbye(
  subscription: ListenSubscription,
  lines: AttemptLines,
  { listen: said }: Texts,
): Promise<void> {
  const left = await subscription.leave().then(
    () => said.unsubscribed,
    () => said.leftBehind,
  )
  print(`\n  ${said.stopped(lines.summary(), left)}`)
}

function handlerOf(
  to: URL | undefined,
  secret: string,
): (incoming: Incoming, signal: AbortSignal) => Promise<Outgoing> {
  if (to) return (incoming, signal) => forward(to, signAnew(incoming, secret), signal)
  return async () => {
    const body = Buffer.from(serializeJson({ version, name: 'prilavok listen', time: systemClock.now().toISOString() }))
    const media = 'application/json'
    return { kind: 'answered', status: 200, media, body, headers: { 'content-type': media } }
  }
}

/** A market elsewhere cannot reach a listener on this machine's loopback. */
function requireReachable(url: string, { publicUrl }: ListenFlags, { listen: said }: Texts): void {
  if (publicUrl === undefined && !isLoopback(url)) throw new Problem(said.elsewhere(url))
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

type Told = { market: string; business: string; secret: string }

function headerOf({ forwardTo, types }: ListenFlags, told: Told, { listen: said }: Texts): string {
  const dim = (text: string) => paint('dim', text)
  const rows: [string, string][] = [
    [said.market, told.market],
    [said.business, told.business],
    [said.types, types?.join(', ') ?? said.all],
    [said.forwardTo, forwardTo?.href ?? said.nothing(dim)],
    [said.secret, `${told.secret} ${dim(said.secretNote)}`],
  ]
  const title = said.title(text => paint('bold', text))
  return [
    '',
    `  ${title}`,
    '',
    ...formatRows(rows).map(row => `  ${row}`),
    '',
    `  ${hasKeys() ? said.stopOrRetry : said.stop}`,
    '',
  ].join('\n')
}
