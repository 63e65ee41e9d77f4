import { useAdmin } from '../../data/queries.ts'

const shopsMost = 200

/** The shops of the cabinet. */
export function useShops() {
  const query = useAdmin('GET /businesses/{businessId}/campaigns', { topics: [] }, { query: { limit: shopsMost } })
  return { shops: query.data?.campaigns ?? [], isKnown: query.data !== undefined, refetch: query.refetch }
}
