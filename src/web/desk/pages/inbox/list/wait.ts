type Wait = {
  unit: 'days' | 'hours' | 'minutes'
  days: number
  hours: number
  minutes: number
  tone: 'fresh' | 'plain' | 'long'
}

const plainMinutes = 60
const longMinutes = 12 * 60
const dayMinutes = 24 * 60

/** How long somebody waits: 12 m, 3 h 12 m, 2 d 4 h. */
export function waitOf(since: Date, now: Date): Wait {
  const all = Math.max(Math.floor((now.getTime() - since.getTime()) / 60_000), 0)
  return {
    unit: all >= dayMinutes ? 'days' : all >= 60 ? 'hours' : 'minutes',
    days: Math.floor(all / dayMinutes),
    hours: Math.floor(all / 60) % 24,
    minutes: all % 60,
    tone: all >= longMinutes ? 'long' : all >= plainMinutes ? 'plain' : 'fresh',
  }
}

/** Since when somebody waits for us: nobody does in a chat that is finished or needs no answer, whoever wrote last. */
export function waitsSince<At>({ view, waitingSince }: { view: string; waitingSince?: At }): At | undefined {
  return view === 'waiting' || view === 'disputes' ? waitingSince : undefined
}
