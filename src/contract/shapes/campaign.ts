import type { BusinessId, CampaignId } from '../ids.ts'
import { idOf, oneOf } from '../schema.ts'
import { type Static, Type } from '../type.ts'
import { apiAvailabilities, placementTypes } from '../words.ts'

const Business = Type.Object(
  {
    id: Type.Optional(idOf<BusinessId>('The id of the business.')),
    name: Type.Optional(Type.String({ description: 'The name of the business.' })),
  },
  { title: 'BusinessDTO', description: 'A business.' },
)

export const Campaign = Type.Object(
  {
    domain: Type.Optional(Type.String({ description: 'The name of the campaign.' })),
    id: Type.Optional(idOf<CampaignId>('The id of the campaign.')),
    clientId: Type.Optional(idOf<bigint>('The payer in the billing system.', { deprecated: true })),
    business: Type.Optional(Business),
    placementType: Type.Optional(
      oneOf(placementTypes, { description: 'How the campaign works with the marketplace.' }),
    ),
    apiAvailability: Type.Optional(
      oneOf(apiAvailabilities, { description: 'Whether the API answers for this campaign.' }),
    ),
  },
  { title: 'CampaignDTO', description: 'A campaign.' },
)
export type Campaign = Static<typeof Campaign>
