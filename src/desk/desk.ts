import { randomUUID } from 'node:crypto'
import { type Clock, type Logger, machineMonotonic } from '#kit'
import { PageTokens } from '#serving'
import { Cabinets } from './cabinets/cabinets.ts'
import { Leases } from './cabinets/leases.ts'
import { Notifications } from './cabinets/notifications.ts'
import type { DeskSecrets } from './cabinets/secrets.ts'
import { FileFolder } from './files/file-folder.ts'
import { Bus } from './live/bus.ts'
import { Metrics } from './metrics.ts'
import { Answers } from './outbox/answers.ts'
import type { OnOutboxMoment } from './outbox/moments.ts'
import type { Pools } from './pools.ts'
import { workCabinet } from './work-cabinet.ts'
import { Workers } from './workers.ts'

/** The parts of a desk process. Each function takes from it what it needs and no more. */
export type Desk = Pick<Pools, 'sql'> & {
  clock: Clock
  log: Logger
  bus: Bus
  metrics: Metrics
  pageTokens: PageTokens
  cabinets: Cabinets
  answers: Answers
  notifications: Notifications
  files: FileFolder
  leases: Leases
  workers: Workers
}

export type DeskParts = Pools & {
  clock: Clock
  log: Logger
  secrets: DeskSecrets
  filesFolder: string
  version: string
  /** How long a cabinet stays a process's that gives no sign of life. */
  leaseTtlMs?: number | undefined
  /** How often the top of a market's list is read. */
  sweepEveryMs?: number | undefined
  fetch?: typeof fetch | undefined
  onOutboxMoment?: OnOutboxMoment | undefined
  /** How long the history of a market without keys is read for an answer whose fate is unknown. */
  settleWaitsMs?: readonly number[] | undefined
}

const integrationName = 'prilavok-desk'
const leaseTtlMs = 9_000

export function assembleDesk(parts: DeskParts): Desk {
  const { sql, leaseSql, clock, log, secrets, version, fetch } = parts
  const bus = new Bus(sql, log)
  const integration = `${integrationName}/${version}`
  const files = new FileFolder(parts.filesFolder)
  const onRemoved = (cabinetId: bigint) => files.removeCabinet(cabinetId)
  const cabinets = new Cabinets({ sql, bus, clock, secrets, integration, fetch, onRemoved })
  const means = { ...parts, bus, integration, folder: files }
  const workers = new Workers({
    ...{ cabinets, clock, log },
    begin: (cabinet, hold) => workCabinet(means, cabinet, hold),
  })
  const leases = new Leases({
    ...{ sql: leaseSql, log, monotonic: machineMonotonic, owner: randomUUID() },
    ttlMs: parts.leaseTtlMs ?? leaseTtlMs,
    onChange: holds => workers.hold(holds),
  })
  bus.onEvent(event => {
    if (event.about !== 'cabinets') return
    void leases.beat()
    workers.look()
  })
  return {
    ...{ sql, clock, log, bus, cabinets, files, leases, workers },
    metrics: new Metrics(),
    pageTokens: new PageTokens(secrets.pageTokens),
    answers: new Answers({ sql, bus, clock }),
    notifications: new Notifications({ sql, bus, clock, log, name: integrationName, version }),
  }
}
