import { spawnSync } from 'node:child_process'
import { chmodSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyWithOwner } from '../test/support/copy-with-owner.ts'
import { makeRestartablePostgres } from '../test/support/restartable-postgres.ts'
import { provided, whenOver } from '../test/support/run-context.ts'
import type { Proof } from './proof.ts'
import { everybody } from './world/clients.ts'
import { countWrites, judge, startMirror, startWork } from './world/work.ts'
import { makeFolder, makeWorld, type World } from './world/world.ts'

const rounds = { quick: 1, full: 50 }
const filesMb = 3
const databaseMb = 200

/** The disk of the files, and then that of PostgreSQL, is full for a while. */
export const disk: Proof = {
  promise: 'A full disk is answered with 503; what was answered with OK is there, and work goes on when there is room',
  async prove({ size, say }) {
    const files = mountSmall(filesMb)
    const data = mountSmall(databaseMb)
    if (typeof files === 'object')
      return { figures: `not tried: a small disk cannot be made here (${files.why})`, broken: [] }
    if (typeof data === 'object')
      return { figures: `not tried: a small disk cannot be made here (${data.why})`, broken: [] }
    copyWithOwner(provided('cluster'), join(data, 'cluster'))
    const postgres = await makeRestartablePostgres(data)
    const world = await makeWorld({ shops: 1, chats: 3, databaseUrl: postgres.url, options: { filesFolder: files } })
    const mirrors = world.shops.map(shop => startMirror(world, shop))
    const rest = startWork(world, everybody)
    for (let round = 0; round < rounds[size]; round++) {
      say('the disk of the files is full …')
      await fill(world, files)
      await world.history.answeredMore(10)
      say('the disk of PostgreSQL is full …')
      await fill(world, data)
      await world.history.answeredMore(10)
    }
    await rest()
    return {
      figures: `${rounds[size]} times no room for files, and ${rounds[size]} times none for PostgreSQL; ${countWrites(world)}`,
      broken: await judge(world, mirrors),
    }
  },
}

/** Until writes are refused for it. Then there is room again. */
async function fill({ history }: World, folder: string): Promise<void> {
  const ballast = join(folder, 'ballast')
  const { bavail, bsize } = statfsSync(folder)
  const refused = history.count('unknown')
  writeFileSync(ballast, Buffer.alloc(Math.max(bavail * bsize - 64 * 1024, 0)))
  await history.reaches(() => history.count('unknown') >= refused + 5)
  rmSync(ballast)
}

/** A disk of so many megabytes, which ends with the proof; or why there is none. */
function mountSmall(sizeMb: number): string | { why: string } {
  const folder = makeFolder()
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'tmpfs', folder], {
    encoding: 'utf8',
  })
  if (status !== 0) return { why: error?.message ?? stderr.trim() }
  whenOver(() => spawnSync('umount', ['-l', folder]))
  chmodSync(folder, 0o755)
  return folder
}
