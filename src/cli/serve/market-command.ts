import { type Flags, serverCommand } from '../terminal/flags.ts'
import { printReadyJson } from './print-ready.ts'

export const marketCommand = serverCommand('market')
  .summary('run the market server alone')
  .description('Runs the market server: empty, unless --demo. For marketplaces, and for tests of other programs.')
  .addHelpText(
    'after',
    `
Examples:
  prilavok market --database-url postgres://market@db/market --host 0.0.0.0 --public-url https://chats.example.org
  prilavok market --demo --json --port 0     one JSON line tells where it is and its keys`,
  )
  .action(async (flags: Flags) => {
    // Help is printed without loading the server.
    const { serve } = await import('./serve.ts')
    await serve(flags, ({ running, demo }) => {
      if (flags.json) printReadyJson(running, demo)
      else
        process.stdout.write(`Market: ${running.url} (docs: ${running.url}/docs)\nAdmin token: ${running.adminToken}\n`)
    })
  })
