import { readRoutes } from './api/routes.ts'
import type { Proof } from './proof.ts'
import { breakDatabase } from './secrets/break-database.ts'
import { scanDatabase } from './secrets/scan-database.ts'
import { makeScene, type Scene } from './secrets/scene.ts'
import { sendEverywhere } from './secrets/send-everywhere.ts'

/** In a night every secret goes through every route; else each route gets one of them, the next one the next. */
const secretsOfRoute = { quick: 1, full: Number.POSITIVE_INFINITY }

/** Every secret in every part of a request, refused or not, and a database that breaks in the middle. */
export const secrets: Proof = {
  promise: 'No secret and no word of a buyer gets into a log, an error, a metric or, readable, into the database',
  async prove({ size, say }) {
    const scene = await makeScene()
    const { secrets, lines, market, url } = scene
    const routes = await readRoutes(url)
    const broken: string[] = []
    const find = (where: string, text: string, names = Object.keys(secrets)) => {
      for (const name of names)
        for (const form of formsOf(secrets[name] ?? ''))
          if (text.includes(form)) broken.push(`${where} holds ${name}: ${around(text, form)}`)
    }

    let requests = 0
    for (const [index, route] of routes.entries()) {
      say(`${index + 1} of ${routes.length} routes …`)
      const names = Object.keys(secrets)
      const count = Math.min(secretsOfRoute[size], names.length)
      const chosen = Array.from({ length: count }, (_each, turn) => names[(index * count + turn) % names.length] ?? '')
      for (const { what, text, sent } of await sendEverywhere(scene, route, chosen)) {
        requests++
        find(
          `the answer to ${what}`,
          text,
          Object.keys(secrets).filter(name => !sent.includes(name)),
        )
      }
    }
    const failed = await breakDatabase(scene)
    for (const { what, text } of failed) find(`the answer to ${what}`, text)
    await market.market.queryLog?.flush()

    const logged = lines.length
    for (const line of lines) find('the log', line)
    find('/metrics', await (await fetch(`${url}/metrics`)).text())
    const { rows, found } = await scanDatabase(scene)
    broken.push(...found)
    broken.push(...(await proveControl(scene)))
    return {
      figures: `${Object.keys(secrets).length} secrets, ${requests} requests to ${routes.length} routes, ${failed.length} more with a broken database; ${logged} lines of log of all levels and ${rows} rows read`,
      broken: [...new Set(broken)],
    }
  },
}

/** A secret as it is, and as JSON, a URL or hexadecimal digits would hold it. */
export function formsOf(secret: string): string[] {
  const hex = Buffer.from(secret).toString('hex')
  return [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), hex])]
}

const around = (text: string, form: string) =>
  text.slice(Math.max(text.indexOf(form) - 150, 0), text.indexOf(form) + 60)

/** A secret in a line of log and one in a row must be found. */
async function proveControl({ lines, log, secrets, sql }: Scene): Promise<string[]> {
  const [secret = ''] = Object.values(secrets)
  const from = lines.length
  log.debug({ request: { headers: { 'api-key': secret } } }, 'a control of the proof')
  const isLogged = lines.slice(from).some(line => formsOf(secret).some(form => line.includes(form)))
  await sql`insert into market.settings (name, value) values ('control', ${secret})`
  const { found } = await scanDatabase({ secrets, sql })
  await sql`delete from market.settings where name = 'control'`
  return [
    ...(isLogged ? [] : ['control: a secret was logged and not found']),
    ...(found.some(line => line.includes('settings')) ? [] : ['control: a secret was stored and not found']),
  ]
}
