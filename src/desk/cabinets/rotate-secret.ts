import type { Sql } from '#database'
import { lockSealed, saveSealed } from '../store/cabinets.ts'
import { findSetting, saveSetting } from '../store/settings.ts'
import { fingerprintSetting } from './keep-secret.ts'
import { open, seal } from './seal.ts'
import { deriveSecrets } from './secrets.ts'

/** Whether the keys of a database are sealed with this secret. */
export async function isSealedWith(sql: Sql, secret: string): Promise<boolean> {
  return (await findSetting(sql, fingerprintSetting)) === deriveSecrets(secret).fingerprint
}

/** Seals everything anew, all or nothing. Throws a Problem if the old secret is not the one it was sealed with. */
export async function rotateSecret(sql: Sql, { from, to }: { from: string; to: string }): Promise<void> {
  const [before, after] = [deriveSecrets(from), deriveSecrets(to)]
  await sql.begin(async transaction => {
    for (const { cabinetId, sealedKey, sealedNotificationSecret } of await lockSealed(transaction)) {
      const again = (what: 'key' | 'notification secret', sealed: Buffer) =>
        seal(after.sealing, { cabinetId, what }, open(before.sealing, { cabinetId, what }, sealed))
      await saveSealed(transaction, {
        cabinetId,
        sealedKey: again('key', sealedKey),
        sealedNotificationSecret: again('notification secret', sealedNotificationSecret),
      })
    }
    await saveSetting(transaction, fingerprintSetting, after.fingerprint)
  })
}
