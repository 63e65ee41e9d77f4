/** How many requests of each business are under way in this process. */
export class ParallelLimit {
  readonly max: number
  readonly #underWay = new Map<bigint, number>()

  /** 0 lifts the limit. */
  constructor(max: number) {
    this.max = max
  }

  /** False if the business has as many under way as it may; otherwise `release` must be called once. */
  enter(businessId: bigint): boolean {
    const count = this.#underWay.get(businessId) ?? 0
    if (this.max > 0 && count >= this.max) return false
    this.#underWay.set(businessId, count + 1)
    return true
  }

  release(businessId: bigint): void {
    const count = (this.#underWay.get(businessId) ?? 0) - 1
    if (count > 0) this.#underWay.set(businessId, count)
    else this.#underWay.delete(businessId)
  }
}
