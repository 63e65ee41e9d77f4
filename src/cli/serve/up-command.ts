import type { Command } from 'commander'
import { say } from '../terminal/print.ts'
import type { Texts } from '../texts/index.ts'
import { printReadyJson } from './print-ready.ts'
import type { ServeFlags, ServeStep } from './serve.ts'
import { serverCommand } from './server-command.ts'

export function upCommand(texts: Texts): Command {
  return serverCommand('up', texts)
    .addHelpText('after', texts.help.up.after)
    .action(async (flags: ServeFlags) => {
      // Help is printed without loading the server.
      const [{ serve }, { welcome }] = await Promise.all([import('./serve.ts'), import('./welcome.ts')])
      const all = { ...flags, demo: true, lab: true, allowPrivateWebhooks: true } as const
      if (flags.json) return serve(all, texts, { onReady: printReadyJson })
      const onStep = (step: ServeStep) => say(texts.serve.steps[step])
      await serve(all, texts, { onStep, onReady: served => void process.stdout.write(welcome(served, texts)) })
    })
}
