import displayWidth from 'string-width'
import type { CallReport } from '#client'
import { Problem } from '#kit'
import { padTo } from '../../terminal/columns.ts'
import { timeOfDay } from '../../terminal/format-time.ts'
import { paint, print, printJson } from '../../terminal/print.ts'
import type { Texts } from '../../texts/index.ts'
import { findAccess } from '../session/access.ts'
import { describeError } from '../session/explain-error.ts'
import { endOfHour } from '../session/limit-reporter.ts'
import { marketAt, type ShopFlags } from '../session/open-shop.ts'
import { exitCodes, runInWords } from '../session/run-shop.ts'
import { type Check, checkUps } from './checks.ts'
import { watchedFetch } from './watched-fetch.ts'

export type DoctorFlags = ShopFlags & { receiver?: URL }

/** Looks at everything that a shop's programs need, and says what to do. Exit code 1 if anything is to mend. */
export async function examine({ profile, json, receiver }: DoctorFlags): Promise<void> {
  await runInWords(async ({ texts, signal }) => {
    const access = await findAccess(profile, texts)
    const fetched = watchedFetch()
    // A limit is told and not waited for.
    const limited = new AbortController()
    const onCall = (call: CallReport) => {
      const until = endOfHour(call, market.limits())
      if (until) limited.abort(new Problem(texts.errors.limited(timeOfDay(until))))
    }
    const market = marketAt(access, { fetch: fetched.fetch, onCall })
    const callSignal = AbortSignal.any([signal, limited.signal])
    const patient = { market, access, fetched, receiver, texts, signal, callSignal }
    const bad = new Set<string>()
    for (const { name, look, endsAll, needs = [] } of checkUps) {
      signal.throwIfAborted()
      if (needs.some(needed => bad.has(needed))) continue
      const check = await look(patient).catch((error: unknown): Check => {
        if (signal.aborted || !(error instanceof Error)) throw error
        return { isGood: false, told: describeError(error, texts, access.baseUrl) }
      })
      if (check === undefined) continue
      if (!check.isGood) bad.add(name)
      if (json) printJson({ check: name, ...check })
      else tell(texts.doctor[name], check, texts)
      if (!check.isGood && endsAll) break
    }
    if (!json) print(`\n${bad.size === 0 ? texts.doctor.allWell : texts.doctor.notWell(bad.size)}`)
    return bad.size === 0 ? 0 : exitCodes.toMend
  })
}

function tell(label: string, { isGood, told, fix }: Check, { doctor }: Texts): void {
  const labels = checkUps.map(({ name }) => displayWidth(doctor[name]))
  const width = Math.max(...labels)
  const mark = isGood ? paint('green', '✓') : paint('red', '✗')
  print(`${mark} ${padTo(label, width)}  ${told}`)
  if (fix !== undefined) print(`  ${' '.repeat(width)}  → ${fix}`)
}
