/**
 * When requests are due that come by themselves, so many a second on average: ms from the beginning, rising, for so many seconds.
 * The gaps are exponential, as between callers who do not know of each other.
 */
export function planArrivals({ perSecond, seconds }: { perSecond: number; seconds: number }, next: () => number) {
  const due: number[] = []
  const meanGapMs = 1000 / perSecond
  const gap = () => -Math.log(1 - next()) * meanGapMs
  for (let at = gap(); at < seconds * 1000; at += gap()) due.push(at)
  return due
}
