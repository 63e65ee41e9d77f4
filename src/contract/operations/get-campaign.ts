import { commonRefusals, defineOperation } from '../operation.ts'
import { scopes } from '../scopes.ts'
import { Campaign } from '../shapes/campaign.ts'
import { Type } from '../type.ts'
import { campaignId } from './parameters.ts'

export const getCampaign = defineOperation({
  name: 'getCampaign',
  verb: 'GET',
  path: '/v2/campaigns/{campaignId}',
  tag: 'campaigns',
  summary: 'Read one campaign',
  description: 'The campaign with this id. The answer has no status.',
  scopes,
  perHour: 5000,
  params: Type.Object({ campaignId }),
  response: Type.Object({ campaign: Type.Optional(Campaign) }, { title: 'GetCampaignResponse' }),
  refusals: [...commonRefusals, 404],
})
