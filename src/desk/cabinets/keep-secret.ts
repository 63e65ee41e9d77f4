import type { Sql } from '#database'
import { Problem } from '#kit'
import { keepSetting } from '../store/settings.ts'

export const fingerprintSetting = 'secret fingerprint'

/** Makes sure that the database belongs to our secret. Throws a Problem. */
export async function keepSecret(sql: Sql, fingerprint: string): Promise<void> {
  if ((await keepSetting(sql, fingerprintSetting, fingerprint)) === fingerprint) return
  throw new Problem(
    'The keys of this desk were sealed with another secret: start with its data folder (--data) or its PRILAVOK_SECRET.',
    { kind: 'otherDeskSecret' },
  )
}
