import type { MarketClient } from '#client'
import { isDatabaseAway, type Sql } from '#database'
import { AtMost, type Clock, type Logger, RecurringWork } from '#kit'
import type { Bus } from '../live/bus.ts'
import { type DueFile, listDueFiles, nextFileAt, settleFile } from '../store/files.ts'
import type { Hold } from '../store/leases.ts'
import { bounded } from './bounded.ts'
import { afterFailure } from './failure.ts'
import type { FileFolder } from './file-folder.ts'
import { mediaTypeOf } from './media-type.ts'

export type FileFetcherOptions = {
  sql: Sql
  bus: Bus
  clock: Clock
  log: Logger
  hold: Hold
  client: MarketClient
  folder: FileFolder
}

const fileMaxBytes = 20 * 1024 * 1024
const atOnce = 2
const perLook = 32
const againAfterMs = 1_000

/** Fetches the files of a cabinet's messages, each once; one that fails is tried again, and says why. */
export class FileFetcher {
  readonly #options: FileFetcherOptions
  readonly #looking: RecurringWork
  readonly #slots = new AtMost(atOnce)

  constructor(options: FileFetcherOptions) {
    this.#options = options
    const { clock, log } = options
    this.#looking = new RecurringWork({
      clock,
      work: () => this.#look(),
      onFailure: error => {
        if (!isDatabaseAway(error)) log.error({ err: error }, 'files were not fetched; they are tried again')
        return againAfterMs
      },
    })
  }

  /** Looks for files that are due. */
  wake(): void {
    this.#looking.wake()
  }

  stop(): Promise<void> {
    return this.#looking.stop()
  }

  /** Resolves to how soon the next one is due. */
  async #look(): Promise<number | undefined> {
    const { sql, clock, hold } = this.#options
    const due = await listDueFiles(sql, hold.cabinetId, { now: clock.now(), limit: perLook })
    await Promise.all(due.map(file => this.#slots.run(() => this.#fetch(file))))
    if (due.length === perLook) return 0
    const nextAt = await nextFileAt(sql, hold.cabinetId)
    return nextAt && nextAt.getTime() - clock.now().getTime()
  }

  async #fetch(file: DueFile): Promise<void> {
    const { sql, hold, bus, clock } = this.#options
    const { signal } = this.#looking
    if (signal.aborted) return
    try {
      const { hash, head } = await this.#save(file)
      await settleFile(sql, hold, file, { state: 'kept', hash, mediaType: mediaTypeOf(head) })
    } catch (error) {
      if (signal.aborted) return
      const failure = afterFailure(error, { attempts: file.attempts + 1, now: clock.now() })
      if (!failure) throw error
      await settleFile(sql, hold, file, failure)
    }
    bus.publish({ about: 'chat', cabinetId: `${hold.cabinetId}`, chatId: `${file.chatId}` })
  }

  async #save({ name, url, sizeBytes }: DueFile) {
    const { client, folder, hold } = this.#options
    const wanted = { name, url, sizeBytes: Number(sizeBytes) }
    const answer = await client.messages.download(wanted, { urgency: 'backfill', signal: this.#looking.signal })
    return folder.save(hold.cabinetId, bounded(answer.body, fileMaxBytes))
  }
}
