import { useQuery } from '@tanstack/react-query'
import { type AnswerOf, callAdmin } from './market.ts'

type Answer = AnswerOf<'GET /businesses'>

const maxPages = 20

/** All businesses, by number; the first four thousand of them. */
export function useBusinesses() {
  return useQuery({
    queryKey: ['businesses'],
    queryFn: async ({ signal }) => {
      const all: Answer['businesses'] = []
      let pageToken: string | undefined = ''
      for (let page = 0; page < maxPages && pageToken !== undefined; page++) {
        const answer: Answer = await callAdmin('GET /businesses', { query: { limit: 200, pageToken } }, { signal })
        all.push(...answer.businesses)
        pageToken = answer.nextPageToken
      }
      return all
    },
  })
}
