import { campaignsPageMax } from '../limits.ts'
import { commonRefusals, defineOperation } from '../operation.ts'
import { int32 } from '../schema.ts'
import { scopes } from '../scopes.ts'
import { Campaign } from '../shapes/campaign.ts'
import { FlippingPager, ForwardPaging, pageLimit, pageToken } from '../shapes/paging.ts'
import { Type } from '../type.ts'
import { pageTokenAlias } from './parameters.ts'

export const getCampaigns = defineOperation({
  name: 'getCampaigns',
  verb: 'GET',
  path: '/v2/campaigns',
  tag: 'campaigns',
  summary: 'List campaigns',
  description: 'The campaigns of the business that the key belongs to. The answer has no status.',
  scopes,
  perHour: 1000,
  query: Type.Object({
    pageToken,
    limit: pageLimit(campaignsPageMax),
    page: Type.Optional(
      int32({
        maximum: 10_000,
        default: 1,
        deprecated: true,
        description: 'Number of the page, from 1. Use pageToken.',
      }),
    ),
    pageSize: Type.Optional(int32({ deprecated: true, description: 'Items on a page, up to 100. Use limit.' })),
  }),
  aliases: pageTokenAlias,
  response: Type.Object(
    {
      campaigns: Type.Array(Campaign),
      pager: Type.Optional(FlippingPager),
      paging: Type.Optional(ForwardPaging),
    },
    { title: 'GetCampaignsResponse' },
  ),
  refusals: [...commonRefusals, 404],
})
