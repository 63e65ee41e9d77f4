import { parseArgs } from 'node:util'
import { Problem } from '#kit'

const options = {
  help: { type: 'boolean', about: 'this text' },
  json: { type: 'string', about: 'also write what was measured to a file', takes: 'FILE' },
  messages: {
    type: 'string',
    about: 'how many messages the databases of `growth` have; 10k,1m if it is not said',
    takes: 'N,N',
  },
  data: { type: 'string', about: 'where the databases of `growth` are kept, to be used again', takes: 'FOLDER' },
  only: { type: 'string', about: 'of `growth`, the ways to read whose names have this in them', takes: 'TEXT' },
  prism: { type: 'string', about: 'the program of @stoplight/prism-cli that `peers` measures', takes: 'PATH' },
  'install-prism': { type: 'boolean', about: 'have npm install it into a temporary folder, if it is not here' },
} as const

export type Options = ReturnType<typeof readOptions>['values']

/** Of a command line: options, and the names of benches. Throws a Problem on an option that there is not. */
export function readOptions(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options })
  } catch (error) {
    const [what = ''] = String(error instanceof Error ? error.message : error).split('. ')
    throw new Problem(`${what}. See: npm run bench -- --help`)
  }
}

/** How the bench is called: its benches and options, a line each. */
export function printHelp(names: readonly string[], about: Record<string, string>): string {
  const flags = Object.entries(options).map(([name, { about, ...rest }]) => {
    const takes = 'takes' in rest ? ` ${rest.takes}` : ''
    return [`--${name}${takes}`, about] as const
  })
  const print = ([name, text]: readonly [string, string]) => `  ${name.padEnd(18)}${text}`.trimEnd()
  return [
    'npm run bench -- [BENCH…] [OPTION…]',
    'Measures this machine: each figure beside what it is held against, and their ratio. Without names: all of them.',
    '\nBenches',
    ...names.map(name => print([name, about[name] ?? ''])),
    '\nOptions',
    ...flags.map(print),
  ].join('\n')
}
