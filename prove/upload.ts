import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeChance } from '../src/kit/chance.ts'
import { findBroken } from './evidence/checks.ts'
import { gather } from './evidence/gather.ts'
import type { Proof } from './proof.ts'
import { ageFiles, expectNoHalves, listKept, sweepAll } from './upload/disk.ts'
import { uploadKinds } from './upload/kinds.ts'
import { cutUploads, killDuringUploads, sameAtOnce, uploadAll } from './upload/rounds.ts'
import { judgeMemory } from './world/judge-memory.ts'
import { makeWorld } from './world/world.ts'

const sizes = { quick: { rounds: 1, cuts: 40 }, full: { rounds: 400, cuts: 200 } }

/** Uploads that are cut, lie, are doubled or broken, and a market that dies in the middle of some. */
export const upload: Proof = {
  promise:
    'A message never names a file that is not whole on the disk, and what was not finished leaves nothing behind',
  async prove({ size, seed, say }) {
    const chance = makeChance('upload', seed)
    const world = await makeWorld({ shops: 1, chats: 2 })
    const broken: string[] = []
    const figures = { cut: 0, killed: 0, halves: 0 }
    await uploadAll(world, chance)
    const before = await world.market.measure()
    for (let round = 0; round < sizes[size].rounds; round++) {
      say(`round ${round + 1} of ${sizes[size].rounds} …`)
      await uploadAll(world, chance)
      figures.cut += await cutUploads(world, chance, sizes[size].cuts)
      broken.push(...(await sameAtOnce(world, chance)))
      broken.push(...(await expectNoHalves(world)))
    }
    const memory = await judgeMemory(world.market, before)
    broken.push(...memory.broken, ...memory.vitals.errors.map(line => `the market logged ${line.slice(0, 500)}`))
    for (let round = 0; round < sizes[size].rounds; round++) {
      const { uploads, halves } = await killDuringUploads(world, chance)
      figures.killed += uploads
      figures.halves += halves
    }
    if (figures.halves === 0) broken.push('control: no kill met an upload that was half on the disk')

    broken.push(...(await restartSweeps(world)))
    broken.push(...(await sweepAll(world)))
    broken.push(...findBroken(await gather(world)).filter(line => !/^C[56]/.test(line)))
    broken.push(...(await proveControl(world)))
    const { acts } = world.history
    return {
      figures: `${acts.length} uploads of ${uploadKinds.length} kinds, ${world.history.count('ok')} answered with OK, ${figures.cut} cut, ${figures.killed} killed with ${figures.halves} halves on the disk; ${memory.figures}`,
      broken,
    }
  },
}

type World = Awaited<ReturnType<typeof makeWorld>>

/** The start after a kill has left alone what another process may be writing; one an hour later removes it. */
async function restartSweeps({ market, place: { filesFolder } }: World): Promise<string[]> {
  const folder = join(filesFolder, 'incoming')
  ageFiles(folder, 61)
  await market.kill()
  await market.start()
  return readdirSync(folder).map(name => `incoming/${name} is an hour old and was left by a start`)
}

/** Without one of its files the world must be seen to be broken. */
async function proveControl(world: World): Promise<string[]> {
  const [path] = listKept(world.place.filesFolder)
  if (!path) return ['control: there is no file to take away']
  rmSync(path)
  return findBroken(await gather(world)).some(line => line.startsWith('C9'))
    ? []
    : ['control: a file was taken away, and nothing was found missing']
}
