import { Argument, type Command } from 'commander'
import { examples, makeCommand } from '../terminal/command.ts'
import { print } from '../terminal/print.ts'
import type { Texts } from '../texts/index.ts'
import { readTree } from './read-tree.ts'
import { type Shell, shells, writeScript } from './scripts.ts'

const asFunction = [
  'bash, zsh: prilavok() { npx prilavok "$@"; }',
  'fish:      function prilavok; npx prilavok $argv; end',
]

/** `prilavok completion`: a script by which a shell completes the commands of this version. */
export function completionCommand(texts: Texts): Command {
  const { help } = texts
  return makeCommand('completion', help.completion, texts)
    .addArgument(new Argument('<shell>', help.completion.shell).choices(shells))
    .addHelpText(
      'after',
      examples(
        texts,
        'npx prilavok completion bash > ~/.prilavok.bash',
        'echo "source ~/.prilavok.bash" >> ~/.bashrc',
        'npx prilavok completion zsh > ~/.prilavok.zsh',
        'echo "source ~/.prilavok.zsh" >> ~/.zshrc',
        'npx prilavok completion fish > ~/.config/fish/completions/prilavok.fish',
      ),
    )
    .addHelpText('after', ['', help.completion.npx, ...asFunction.map(line => `  ${line}`)].join('\n'))
    .action((shell: Shell, _flags, command: Command) => {
      // The program is the parent: it has every command, and this one too.
      if (command.parent) print(writeScript(shell, readTree(command.parent)))
    })
}
