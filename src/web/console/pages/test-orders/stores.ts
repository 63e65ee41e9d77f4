import { useAdmin } from '../../data/queries.ts'

const maxStores = 200

/** The stores of the business: its campaigns. */
export function useStores() {
  const query = useAdmin('GET /businesses/{businessId}/campaigns', { topics: [] }, { query: { limit: maxStores } })
  return { stores: query.data?.campaigns ?? [], isKnown: query.data !== undefined, refetch: query.refetch }
}
