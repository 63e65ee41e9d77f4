import { isDatabaseAway } from '#database'
import { type Clock, Coalesce, type Logger } from '#kit'
import type { Cabinets } from './cabinets/cabinets.ts'
import type { Hold } from './store/leases.ts'
import type { Work } from './work-cabinet.ts'

type WorkersOptions = {
  cabinets: Cabinets
  clock: Clock
  log: Logger
  begin(cabinet: NonNullable<Awaited<ReturnType<Cabinets['find']>>> & { apiKey: string }, hold: Hold): Work
}

type Working = { hold: Hold; apiKey: string; baseUrl: string; work: Work }
const againAfterMs = 1_000

/** One work for each cabinet that this process holds; it is begun anew when the cabinet has another key or address. */
export class Workers {
  readonly #options: WorkersOptions
  readonly #arranging = new Coalesce(() => this.#arrange())
  readonly #working = new Map<bigint, Working>()
  #holds: readonly Hold[] = []
  #isStopped = false

  constructor(options: WorkersOptions) {
    this.#options = options
  }

  /** What is held from now on. */
  hold(holds: readonly Hold[]): void {
    // A beat of the leases may have been under way when the desk was stopped.
    this.#holds = this.#isStopped ? [] : holds
    this.#arranging.ask()
  }

  /** A cabinet may have another key. */
  look(): void {
    this.#arranging.ask()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.hold([])
    await this.#arranging.idle()
  }

  async #arrange(): Promise<void> {
    const { log, clock } = this.#options
    try {
      await Promise.all(Array.from(this.#working.values(), working => this.#endIfLost(working)))
      await Promise.all(this.#holds.map(hold => this.#keep(hold)))
    } catch (error) {
      if (!isDatabaseAway(error)) log.error({ err: error }, 'a cabinet could not be worked; it is tried again')
      if (!this.#isStopped) clock.after(againAfterMs, () => this.look())
    }
  }

  async #endIfLost({ hold: { cabinetId, epoch }, work }: Working): Promise<void> {
    if (this.#holds.some(held => held.cabinetId === cabinetId && held.epoch === epoch)) return
    this.#working.delete(cabinetId)
    await work.stop()
  }

  async #keep(hold: Hold): Promise<void> {
    const { cabinets, begin } = this.#options
    const { cabinetId } = hold
    const [cabinet, apiKey] = await Promise.all([cabinets.find(cabinetId), cabinets.openKey(cabinetId)])
    const current = this.#working.get(cabinetId)
    if (!cabinet || apiKey === undefined) return
    const { baseUrl } = cabinet
    if (current?.apiKey === apiKey && current.baseUrl === baseUrl) return
    this.#working.delete(cabinetId)
    await current?.work.stop()
    this.#working.set(cabinetId, { hold, apiKey, baseUrl, work: begin({ ...cabinet, apiKey }, hold) })
  }
}
