import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where the host of an installation is met: in a folder that only this account enters. A socket's path holds a hundred bytes. */
export function hostPlace(program: string): { folder: string; socket: string; log: string } {
  const uid = process.getuid?.() ?? 0
  const folder = join(tmpdir(), `prilavok-testing-${uid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (lstatSync(folder).uid !== uid) throw new Error(`${folder} belongs to somebody else: remove it, or set TMPDIR`)
  const name = createHash('sha256').update(program).digest('hex').slice(0, 12)
  return { folder, socket: join(folder, `${name}.sock`), log: join(folder, `${name}.log`) }
}
