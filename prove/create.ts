import { makeChance } from '../src/kit/chance.ts'
import { proveControl } from './create/control.ts'
import { races } from './create/races.ts'
import { makeStage } from './create/stage.ts'
import type { Proof } from './proof.ts'

const rounds = { quick: 1, full: 1_500 }
const callers = { min: 20, max: 40 }

/** Many callers at two processes make the same thing in the same moment. */
export const create: Proof = {
  promise: 'Of callers who make the same thing at once, one makes it, and all are told of the same one',
  async prove({ size, seed, say }) {
    const chance = makeChance('create', seed)
    const stage = await makeStage()
    const broken: string[] = []
    let calls = 0
    for (let round = 0; round < rounds[size] && broken.length === 0; round++) {
      for (const [what, race] of Object.entries(races)) {
        const count = Math.floor(chance.between(callers.min, callers.max))
        say(`round ${round + 1} of ${rounds[size]}: ${count} callers, ${what} …`)
        broken.push(...(await race(stage, count)).map(line => `${what}, ${count} callers: ${line}`))
        calls += count
      }
    }
    broken.push(...stage.market.takeErrors())
    const control = await proveControl(stage)
    if (control.chats === control.contexts) broken.push('control: without its constraint, too, one order had one chat')
    return {
      figures: `${Object.keys(races).length} kinds of things, ${calls} calls through two processes; without the constraint of chats ${control.chats} chats about ${control.contexts} orders`,
      broken,
    }
  },
}
