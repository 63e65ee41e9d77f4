import { queryOptions, useQuery } from '@tanstack/react-query'
import { callLab, type LabCall, type LabSent } from './market.ts'

type LabRead = LabCall & `GET ${string}`

/** What reads from the lab, and again when something has changed in it. */
export function labQuery<Call extends LabRead>(call: Call, query?: LabSent<Call>['query']) {
  return queryOptions({
    queryKey: ['lab', call, query ?? {}],
    queryFn: ({ signal }) => callLab(call, { ...(query && { query }) }, { signal }),
    meta: { topics: ['lab', 'chats'] },
  })
}

export function useLab<Call extends LabRead>(call: Call, query?: LabSent<Call>['query']) {
  return useQuery(labQuery(call, query))
}
