import { type Flags, serverCommand } from '../terminal/flags.ts'
import { printReadyJson } from './print-ready.ts'
import { welcome } from './welcome.ts'

export const upCommand = serverCommand('up')
  .summary('start everything on this machine, with a demo cabinet')
  .description('Starts a private PostgreSQL and the market with a demo cabinet, and prints where everything is.')
  .addHelpText('after', '\nData stays in the data folder between starts. Ctrl-C stops everything.')
  .action(async (flags: Flags) => {
    // Help is printed without loading the server.
    const { serve } = await import('./serve.ts')
    await serve({ ...flags, demo: true, lab: true, allowPrivateWebhooks: true }, served => {
      if (flags.json) printReadyJson(served.running, served.demo)
      else process.stdout.write(welcome(served))
    })
  })
