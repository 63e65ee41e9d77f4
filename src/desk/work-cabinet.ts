import { MarketClient } from '#client'
import type { Sql } from '#database'
import type { Clock, Logger } from '#kit'
import { clientClockOf } from './cabinets/client-clock.ts'
import { canReadOrders } from './cabinets/scopes.ts'
import { FileFetcher } from './files/file-fetcher.ts'
import type { FileFolder } from './files/file-folder.ts'
import { makeFileSweeper } from './files/file-sweeper.ts'
import type { Bus } from './live/bus.ts'
import { Mirror } from './mirror/mirror.ts'
import { OrderReader } from './orders/order-reader.ts'
import type { OnOutboxMoment } from './outbox/moments.ts'
import { Outbox } from './outbox/outbox.ts'
import type { CabinetRow } from './store/cabinets.ts'
import type { Hold } from './store/leases.ts'

export type WorkOptions = {
  sql: Sql
  bus: Bus
  clock: Clock
  log: Logger
  folder: FileFolder
  integration: string
  fetch?: typeof fetch | undefined
  sweepEveryMs?: number | undefined
  onOutboxMoment?: OnOutboxMoment | undefined
  settleWaitsMs?: readonly number[] | undefined
}

export type Work = { stop(): Promise<void> }
type Cabinet = Pick<CabinetRow, 'cabinetId' | 'baseUrl' | 'businessId' | 'scopes'> & { apiKey: string }

/** The market allows four calls of a business at once, and counts those of its other programs, too: half of them are theirs. */
const callsAtOnce = 2

/** Everything that the process which holds a cabinet does for it, on one client: its calls share one budget. */
export function workCabinet(options: WorkOptions, cabinet: Cabinet, hold: Hold): Work {
  const { clock, folder, onOutboxMoment, integration, fetch } = options
  const { baseUrl, businessId, apiKey, scopes, cabinetId } = cabinet
  const means = { ...options, hold }
  const mirror = new Mirror({
    ...means,
    onChats: () => orders?.lookSoon(),
    onFiles: () => files.wake(),
  })
  const { standing } = mirror
  const client = new MarketClient({
    ...{ baseUrl, businessId, apiKey, integration, fetch, clock: clientClockOf(clock), parallel: callsAtOnce },
    onCall: call => standing.called(call),
  })
  const files = new FileFetcher({ ...means, client, folder })
  const orders = canReadOrders(scopes) ? new OrderReader({ ...means, client }) : undefined
  const outbox = new Outbox({
    ...{ ...means, client, onMoment: onOutboxMoment },
    readFile: hash => folder.read(cabinetId, hash.toString('hex')),
    onSent: chatId => mirror.hint(chatId),
    onProblem: error => standing.problem(error),
  })
  const sweeper = makeFileSweeper({ ...means, cabinetId })
  mirror.start(client)
  outbox.start()
  files.wake()
  sweeper.wake()
  orders?.start()
  return {
    async stop() {
      await Promise.all([outbox.stop(), files.stop(), sweeper.stop(), orders?.stop(), mirror.stop()])
    },
  }
}
