import type { Command } from 'commander'
import type { Texts } from '../texts/index.ts'
import { printReadyJson } from './print-ready.ts'
import type { ServeFlags } from './serve.ts'
import { serverCommand } from './server-command.ts'

export function upCommand(texts: Texts): Command {
  return serverCommand('up', texts)
    .addHelpText('after', texts.help.up.after)
    .action(async (flags: ServeFlags) => {
      // Help is printed without loading the server.
      const [{ serve }, { welcome }] = await Promise.all([import('./serve.ts'), import('./welcome.ts')])
      await serve({ ...flags, demo: true, lab: true, allowPrivateWebhooks: true }, texts, served => {
        if (flags.json) printReadyJson(served)
        else process.stdout.write(welcome(served, texts))
      })
    })
}
