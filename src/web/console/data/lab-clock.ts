import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { callServer } from '../../parts/http/call.ts'
import { setMarketOffset } from '../../ui/clock/clock.ts'
import { useSession } from './session.ts'

/** Keeps the page's time with the market's, which the lab may have moved ahead. */
export function useLabClock(): void {
  const { data: session } = useSession()
  const { data } = useQuery({
    queryKey: ['lab', 'clock'],
    queryFn: ({ signal }) => callServer<{ offsetSeconds: number }>('GET /lab/v1/clock', { signal }),
    meta: { topics: ['lab'] },
    enabled: session?.hasLab ?? false,
  })
  useEffect(() => setMarketOffset((data?.offsetSeconds ?? 0) * 1000), [data])
}
