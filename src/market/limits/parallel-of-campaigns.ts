import type { Writable } from 'node:stream'
import { ParallelLimit } from './parallel.ts'

type Answer = Pick<Writable, 'destroyed' | 'once'>
type IsOwn = (businessId: bigint, campaignId: bigint) => Promise<boolean>

/** Whose request under a campaign's path it is: it has its place, the campaign has none, or no campaign of the business was named. */
export type CampaignPlace = 'taken' | 'full' | 'notOwn'

/**
 * How many requests under the path of each campaign are under way. Only a campaign of the caller's business has places: ids that
 * were made up give none, and nobody fills another's. As many callers of a business as a campaign has places may be asking at once.
 */
export class ParallelOfCampaigns {
  readonly max: number
  readonly #isOwn: IsOwn
  readonly #asking: ParallelLimit<bigint>
  readonly #underWay: ParallelLimit<bigint>

  /** 0 lifts the limit. */
  constructor(max: number, isOwn: IsOwn) {
    this.max = max
    this.#isOwn = isOwn
    this.#asking = new ParallelLimit(max)
    this.#underWay = new ParallelLimit(max)
  }

  async enterUntilClosed(businessId: bigint, campaignId: bigint, answer: Answer): Promise<CampaignPlace> {
    if (this.max === 0) return 'taken'
    if (!this.#asking.enter(businessId)) return 'full'
    try {
      if (!(await this.#isOwn(businessId, campaignId))) return 'notOwn'
    } finally {
      this.#asking.release(businessId)
    }
    return this.#underWay.enterUntilClosed(campaignId, answer) ? 'taken' : 'full'
  }
}
