import { useQuery } from '@tanstack/react-query'
import { callAdmin, callBuyer } from './market.ts'

/** A token of this customer for the buyer API, as a storefront asks for one. */
export async function readCustomerToken(publicId: string): Promise<string> {
  const { token } = await callAdmin('POST /customers/{publicId}/tokens', { params: { publicId } })
  return token
}

/** The stickers that the buyer API has; they are the same for every customer. */
export function useStickers(readToken: () => string | Promise<string>, isEnabled = true) {
  const { data } = useQuery({
    queryKey: ['stickers'],
    queryFn: async () => callBuyer('GET /stickers', {}, { token: await readToken() }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isEnabled,
  })
  return data?.stickers ?? []
}
