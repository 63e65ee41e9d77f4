import { randomUUID } from 'node:crypto'
import { deadline } from '#kit'
import type { Sql } from './connect.ts'
import { PooledError } from './errors.ts'

const patienceMs = 5_000

/**
 * Whether what is told by NOTIFY comes to where it is listened for. `pooled`: a pooler answers there, which passes nothing on;
 * `silent`: that is another database.
 */
export async function tryNotifications(sql: Sql): Promise<'heard' | 'pooled' | 'silent'> {
  const channel = `prilavok_try_${randomUUID()}`
  const heard = Promise.withResolvers<true>()
  try {
    const { unlisten } = await sql.listen(
      channel,
      () => heard.resolve(true),
      () => {},
    )
    await sql.notify(channel, [''])
    const isHeard = await deadline(patienceMs, heard.promise)
    await unlisten()
    return isHeard ? 'heard' : 'silent'
  } catch (error) {
    if (error instanceof PooledError) return 'pooled'
    throw error
  }
}
