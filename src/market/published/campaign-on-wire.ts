import { apiAvailabilities, type Campaign, onWire } from '#contract'
import type { CampaignRow } from '../store/campaigns.ts'

/** While its business may not use the API, each of its campaigns is MANUALLY_DISABLED. */
export function campaignOnWire(row: CampaignRow, isApiDisabled: boolean): Campaign {
  const availability = apiAvailabilities.find(word => word === onWire(row.apiAvailability))
  return {
    domain: row.domain,
    id: row.campaignId,
    clientId: row.clientId,
    business: { id: row.businessId, name: row.businessName },
    placementType: onWire(row.placementType),
    apiAvailability: isApiDisabled ? 'MANUALLY_DISABLED' : (availability ?? 'AVAILABLE'),
  }
}
