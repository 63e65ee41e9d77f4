import { decode } from '#contract'
import type { Sql } from '#database'
import { problems } from '#serving'
import { readPreferences as readKept, writePreferences } from '../../store/preferences.ts'
import { saveTrickle } from '../../store/settings.ts'
import { personalEndpoint } from '../access/admit.ts'
import * as operations from '../operations/settings.ts'

const byDefault: operations.Preferences = {
  undoSeconds: 5,
  sendBy: 'enter',
  sounds: true,
  notify: false,
  repeatUntilSeen: false,
  areKeysOff: false,
}

export const readPreferences = personalEndpoint(
  operations.readPreferences,
  async ({ sql }: { sql: Sql }, { session: { accountId } }) => {
    const kept = decode(operations.Preferences, { ...byDefault, ...asObject(await readKept(sql, accountId)) })
    return kept.ok ? kept.value : byDefault
  },
)

export const putPreferences = personalEndpoint(
  operations.putPreferences,
  async ({ sql }: { sql: Sql }, { session: { accountId }, body }) => {
    for (const at of ['quietFrom', 'quietTo'] as const)
      if (body[at] !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(body[at]))
        throw problems.misfit(at, 'must be like 22:00')
    await writePreferences(sql, accountId, body)
    return body
  },
)

function asObject(kept: unknown): object {
  return typeof kept === 'object' && kept !== null ? kept : {}
}

/** Whether simulated buyers write to the desk now and then; only where a lab is beside it. What was said last is kept by the desk. */
export type Trickle = { isOn: boolean; set(isOn: boolean): Promise<void> }
type Trickling = { trickle: Trickle | undefined }

export const readTrickle = personalEndpoint(operations.readTrickle, async ({ trickle }: Trickling) => ({
  isOn: requireTrickle(trickle).isOn,
}))

export const putTrickle = personalEndpoint(
  operations.putTrickle,
  async ({ trickle, sql }: Trickling & { sql: Sql }, { body }) => {
    const switched = requireTrickle(trickle)
    await saveTrickle(sql, body.isOn)
    await switched.set(body.isOn)
    return { isOn: body.isOn }
  },
)

function requireTrickle(trickle: Trickle | undefined): Trickle {
  if (trickle === undefined) throw problems.notFound('No simulated buyers write to this desk.')
  return trickle
}
