import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { setClockOffset } from '../../ui/clock/clock.ts'
import { labQuery } from './lab.ts'
import { useSession } from './session.ts'

/** Keeps the page's clock at the market's time, which the lab may have moved ahead. */
export function useLabClock(): void {
  const { data: session } = useSession()
  const { data } = useQuery({
    ...labQuery('GET /clock'),
    meta: { topics: ['lab'] },
    enabled: session?.hasLab ?? false,
  })
  useEffect(() => setClockOffset((data?.offsetSeconds ?? 0) * 1000), [data])
}
