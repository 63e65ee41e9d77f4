import { askAdminFor } from '../test/support/admin.ts'
import { makeReceiver } from '../test/support/receiver.ts'
import { whenOver } from '../test/support/run-context.ts'
import { openMarket, type TestMarket } from '../test/support/test-market.ts'
import { type Route, readRoutes } from './api/routes.ts'
import { watchRoutes } from './api/watch-routes.ts'
import { type Attack, attackRoute } from './isolation/attack.ts'
import { makeCallers } from './isolation/callers.ts'
import { proveControl } from './isolation/control.ts'
import { digestOf } from './isolation/digest.ts'
import { makeTenant } from './isolation/tenant.ts'
import type { Proof } from './proof.ts'

/** Who attacks whom: in a night both, one after the other. */
const turns = { quick: 1, full: 2 }

/** Every route of all APIs, every kind of caller, ids of their own, of another and of nobody. */
export const isolation: Proof = {
  promise:
    'Nobody learns anything of another business or customer, not even whether it is there, and nobody changes it',
  async prove({ size, say }) {
    const watched = watchRoutes()
    const { market, close } = await openMarket({ lab: { seed: 1 } })
    whenOver(close)
    // Else an id could be 1, which stands in an answer for other reasons, too.
    await market.sql`select setval('market.ids', 5000000000)`
    const routes = (await readRoutes(market.url)).toSorted((a, b) => rank(a) - rank(b))
    const [first, second, disabled] = [
      await makeTenant(market, 'A'),
      await makeTenant(market, 'B'),
      await makeTenant(market, 'C'),
    ]
    await askAdminFor(market, `PATCH /businesses/${disabled.scene.businessId}`, { apiDisabled: true })

    const broken = watched
      .undeclared(routes)
      .map(path => `${path} is declared in no document: this proof does not call it`)
    const words = await makeWords()
    let [calls, callers] = [0, 0]
    const pairs = [[first, second] as const, [second, first] as const].slice(0, turns[size])
    for (const [attacker, victim] of pairs) {
      const attack = {
        url: market.url,
        callers: await makeCallers(market, attacker, disabled),
        victim,
        strangers: [first, second, disabled],
        words,
      }
      callers = attack.callers.length
      const done = await attackAll(market, attack, { routes, say })
      calls += done.calls
      broken.push(...done.broken)
      if (attacker === first) broken.push(...(await proveControl(market, attack, routes)))
    }
    return {
      figures: `${routes.length} routes, ${callers} kinds of callers, ${calls} calls; with keys and tokens that open another's business it was noticed`,
      broken: [...broken, ...market.takeErrors()],
    }
  },
}

/** A subscription is made if its address answers; a replay is of a time that has been. */
async function makeWords(): Promise<Record<string, string>> {
  const { url } = await makeReceiver()
  const at = new Date()
  return { sticker: 'hello', url, from: new Date(at.getTime() - 3_600_000).toISOString(), to: at.toISOString() }
}

/** What takes away comes last. */
const rank = ({ verb, path }: Route) => (verb === 'DELETE' ? 2 : path.endsWith('/disable') ? 1 : 0)

type Course = { routes: readonly Route[]; say(line: string): void }

async function attackAll(market: TestMarket, attack: Attack, { routes, say }: Course) {
  const broken: string[] = []
  let calls = 0
  let before = await digestOf(market, attack.victim)
  for (const route of routes) {
    say(`${route.api}: ${route.name} …`)
    const done = await attackRoute(attack, route)
    calls += done.calls
    broken.push(...done.found.map(({ line }) => line))
    if (!done.hasOpened && attack.callers.some(({ mayCall }) => mayCall(route)))
      broken.push(`${route.name} was opened to nobody, not even with ids of their own: its refusals prove nothing`)
    const after = await digestOf(market, attack.victim)
    for (const [table, digest] of after)
      if (before.get(table) !== digest) broken.push(`${route.name} of others changed ${table} of ${attack.victim.name}`)
    before = after
  }
  return { calls, broken }
}
