import { type BusinessId, type OperationName, operations, type RefusalName, refusalRules } from '#contract'
import type { Chance, Clock } from '#kit'

/** What can be made to go wrong, by where. */
export const faultsOf = {
  api: ['answer-420', 'answer-500', 'answer-503', 'refuse', 'delay', 'drop-connection'],
  notification: ['drop', 'duplicate', 'reorder', 'delay', 'drop-answer'],
  file: ['url-expired'],
} as const

export type FaultTarget = keyof typeof faultsOf
export type FaultName<Target extends FaultTarget = FaultTarget> = (typeof faultsOf)[Target][number]

export type FaultRule = {
  target: FaultTarget
  fault: FaultName
  /** From 0 to 1. */
  probability: number
  /** How many times it happens at the most. */
  budget: number
  /** How long it is in force, and until when; by the market's clock. */
  forSeconds: number
  endsAt: Date
  operation?: OperationName
  /** Of refuse: with which. */
  refusal?: RefusalName
  delayMs?: number
  businessId?: BusinessId
}

export type Fault = FaultRule & { faultId: bigint; used: number }

type FaultOccasion = { businessId: bigint; operation?: string }
export type Drawn<Name extends FaultName = FaultName> = {
  fault: Name
  delayMs: number
  refusal: RefusalName | undefined
}
export type OnDrawn = (target: FaultTarget, fault: FaultName, operation: string | undefined) => void
type Needs = { clock: Clock; chance: Chance; onChange: () => void; onDrawn?: OnDrawn }

const maxFaults = 100

/** The faults of this process; they end with it. Where several fit, the oldest one is used, until it is over. */
export class Faults {
  readonly #clock: Clock
  readonly #chance: Chance
  readonly #onChange: () => void
  readonly #onDrawn: OnDrawn
  #faults: Fault[] = []
  #made = 0n

  constructor({ clock, chance, onChange, onDrawn = () => {} }: Needs) {
    this.#clock = clock
    this.#chance = chance
    this.#onChange = onChange
    this.#onDrawn = onDrawn
  }

  /** Undefined if there are too many already. */
  add(rule: FaultRule): Fault | undefined {
    if (this.#faults.length >= maxFaults) this.#faults = this.#faults.filter(fault => !this.isOver(fault))
    if (this.#faults.length >= maxFaults) return undefined
    this.#made++
    const fault = { ...rule, faultId: this.#made, used: 0 }
    this.#faults.push(fault)
    this.#onChange()
    return { ...fault }
  }

  list(): Fault[] {
    return this.#faults.map(fault => ({ ...fault }))
  }

  /** False if there is none of this id. */
  remove(faultId: bigint): boolean {
    const count = this.#faults.length
    this.#faults = this.#faults.filter(fault => fault.faultId !== faultId)
    if (this.#faults.length < count) this.#onChange()
    return this.#faults.length < count
  }

  clear(): void {
    this.#faults = []
    this.#onChange()
  }

  isOver({ used, budget, endsAt }: Fault): boolean {
    return used >= budget || endsAt <= this.#clock.now()
  }

  /** The fault that happens on this occasion, if one does; it counts as used once more. */
  draw<Target extends FaultTarget>(
    target: Target,
    among: readonly FaultName<Target>[],
    occasion: FaultOccasion,
  ): Drawn<FaultName<Target>> | undefined {
    if (this.#faults.length === 0) return undefined
    for (const rule of this.#faults) {
      const fault = among.find(name => name === rule.fault)
      if (rule.target !== target || fault === undefined || !fits(rule, occasion)) continue
      if (this.isOver(rule) || !this.#chance.happens(rule.probability)) continue
      rule.used++
      this.#onChange()
      this.#onDrawn(target, fault, occasion.operation)
      return { fault, delayMs: rule.delayMs ?? 0, refusal: rule.refusal }
    }
    return undefined
  }
}

function fits(rule: FaultRule, { businessId, operation }: FaultOccasion): boolean {
  if (rule.businessId !== undefined && rule.businessId !== businessId) return false
  if (rule.operation !== undefined && rule.operation !== operation) return false
  return rule.refusal === undefined || (operation !== undefined && canRefuse(rule.refusal, operation))
}

/** Whether a request of this operation may be refused so. */
export function canRefuse(refusal: RefusalName, operation: string | undefined): boolean {
  const declared = Object.values(operations).filter(({ name }) => operation === undefined || name === operation)
  return declared.some(refusalRules[refusal].isOf)
}
