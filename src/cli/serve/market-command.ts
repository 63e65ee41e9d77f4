import type { Command } from 'commander'
import { examples } from '../terminal/command.ts'
import { print } from '../terminal/print.ts'
import type { Texts } from '../texts/index.ts'
import { printReadyJson } from './print-ready.ts'
import type { Served, ServeFlags } from './serve.ts'
import { serverCommand } from './server-command.ts'

export function marketCommand(texts: Texts): Command {
  return serverCommand('market', texts)
    .addHelpText(
      'after',
      examples(
        texts,
        'prilavok market --database-url postgres://market@db/market --host 0.0.0.0 --public-url https://chats.example.org',
        'prilavok market --files "s3://chats?endpoint=https://s3.example.org&region=us-east-1&prefix=market"',
        `prilavok market --demo --json --port 0     ${texts.help.market.jsonExample}`,
      ),
    )
    .action(async (flags: ServeFlags) => {
      // Help is printed without loading the server.
      const [{ serve }, { describeData }] = await Promise.all([import('./serve.ts'), import('./welcome.ts')])
      const onReady = (served: Served) => {
        if (flags.quiet) return
        const { url, metricsUrl, adminToken } = served.running
        if (flags.json) printReadyJson(served)
        else {
          const data = `${texts.welcome.data}: ${describeData(served, texts.welcome)}`
          print(`${texts.serve.marketAt(url)}\n${data}\n${texts.serve.adminToken(adminToken)}`)
        }
        if (metricsUrl !== undefined && !flags.json) print(texts.serve.metricsAt(metricsUrl))
      }
      await serve({ ...flags, ...givenDatabaseUrl(flags) }, texts, { onReady })
    })
}

/** The database that was named; without a flag, DATABASE_URL names one. */
export function givenDatabaseUrl({ databaseUrl }: Pick<ServeFlags, 'databaseUrl'>): { databaseUrl?: string } {
  const given = databaseUrl ?? (process.env['DATABASE_URL'] || undefined)
  return given === undefined ? {} : { databaseUrl: given }
}
