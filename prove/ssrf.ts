import { isIP } from 'node:net'
import { makeChance } from '../src/kit/chance.ts'
import { whenOver } from '../test/support/run-context.ts'
import { type Attack, literals, names, publicAddresses } from '../test/support/ssrf-corpus.ts'
import { openMarket } from '../test/support/test-market.ts'
import type { Proof } from './proof.ts'
import { attackAtDelivery, attackAtTheDoor } from './ssrf/attacks.ts'
import { proveRebinding } from './ssrf/rebinding.ts'
import { proveRedirects } from './ssrf/redirects.ts'
import { watchNetwork } from './ssrf/watched-network.ts'

const sizes = {
  quick: { literals: 150, names: 40, rebindings: 12 },
  full: { literals: 1e6, names: 1e6, rebindings: 500 },
}

/** Subscriptions to addresses that no notification may go to, made and tried through the market's own APIs. */
export const ssrf: Proof = {
  promise: 'No notification leads the market to a machine that is not on the public internet',
  async prove({ size, seed, say }) {
    const chance = makeChance('ssrf', seed)
    const network = await watchNetwork()
    const { market, close } = await openMarket({ arePrivateWebhooksAllowed: false })
    whenOver(close)
    const spelt = chance.pick(literals, sizes[size].literals)
    const named = chance.pick(names.filter(isSendable), sizes[size].names)

    say(`${spelt.length} addresses at the door …`)
    const broken = await attackAtTheDoor(
      market,
      spelt,
      named.map(attack => ({ ...attack, network })),
    )
    say(`${spelt.length + named.length} deliveries …`)
    for (const { url, answers = [] } of named) network.answer(new URL(url).hostname, () => answers)
    broken.push(...(await attackAtDelivery(market, [...spelt, ...named])))
    say('names that change their mind …')
    const rebound = await proveRebinding(market, network, { chance, count: sizes[size].rebindings })
    broken.push(...rebound.broken)
    const dialled = network.dialled()
    broken.push(
      ...dialled.filter(address => !publicAddresses.includes(address)).map(address => `the market called ${address}`),
    )
    const calledPublic = dialled.length
    if (calledPublic === 0) broken.push('control: not even a public machine was called')

    const redirects = await proveRedirects()
    broken.push(...redirects.broken)
    if (!network.dialled().some(address => address === '127.0.0.1' || address === '::1'))
      broken.push('control: a market that may call this machine was not seen to do it')
    broken.push(...market.takeErrors())
    return {
      figures: `${spelt.length} addresses and ${named.length} names, each at the door and as a delivery, ${rebound.lookups} look-ups of names that change their mind, ${redirects.count} redirects; ${calledPublic} calls, all to public machines`,
      broken,
    }
  },
}

/** A name server's packets hold addresses, and nothing that only looks like one. */
function isSendable({ answers = [] }: Attack): boolean {
  return answers.every(text => isIP(text) !== 0 && !text.includes('%'))
}
