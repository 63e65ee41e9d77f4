import type { Flag, Spot, Word } from './read-tree.ts'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** What the shell is to read at its start. */
export function writeScript(shell: Shell, spots: readonly Spot[]): string {
  return writers[shell](spots)
}

const writers: Record<Shell, (spots: readonly Spot[]) => string> = { bash, zsh, fish }

const pattern = (texts: readonly string[]) => texts.map(text => `"${text}"`).join('|')
const innerPaths = (spots: readonly Spot[]) => spots.slice(1).map(({ path }) => path)
const namesOf = ({ words, flags }: Spot) => [...words, ...flags].map(({ word }) => word).join(' ')

/** The flags of a spot after which a value comes, each once with the line that completes it. */
function afterFlags(spots: readonly Spot[], line: (flag: Flag) => string): string[] {
  return spots.flatMap(({ path, flags }) =>
    flags.filter(({ takesValue }) => takesValue).map(flag => `    "${path} ${flag.word}") ${line(flag)};;`),
  )
}

function bash(spots: readonly Spot[]): string {
  const reply = (flag: Flag) =>
    flag.isFile
      ? 'COMPREPLY=($(compgen -f -- "$cur"))'
      : `COMPREPLY=($(compgen -W "${flag.values.join(' ')}" -- "$cur"))`
  return `_prilavok() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at=prilavok i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in ${pattern(innerPaths(spots))}) at="$at \${COMP_WORDS[i]}";; esac
  done
  case "$at $prev" in
${afterFlags(spots, reply).join('\n')}
    *) case "$at" in
${spots.map(spot => `      "${spot.path}") COMPREPLY=($(compgen -W "${namesOf(spot)}" -- "$cur"));;`).join('\n')}
    esac;;
  esac
}
complete -o default -F _prilavok prilavok`
}

/** In quotes of a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
const described = ({ word, about }: Word) => quoted(`${word.replaceAll(':', '\\:')}${about && `:${about}`}`)

function zsh(spots: readonly Spot[]): string {
  const reply = (flag: Flag) => (flag.isFile ? '_files' : `compadd -- ${flag.values.join(' ')}`)
  const told = ({ path, words, flags }: Spot) =>
    `      "${path}") said=(${words.map(described).join(' ')}); flags=(${flags.map(described).join(' ')});;`
  return `#compdef prilavok
_prilavok() {
  local at=prilavok word
  local -a said flags
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in (${pattern(innerPaths(spots))}) at="$at $word";; esac
  done
  case "$at \${words[CURRENT-1]}" in
${afterFlags(spots, reply)
  .map(line => line.replace('"', '("'))
  .join('\n')}
    (*) case "$at" in
${spots
  .map(told)
  .map(line => line.replace('"', '("'))
  .join('\n')}
      esac
      if [[ $PREFIX == -* ]]; then _describe -o flag flags
      elif (( $#said )); then _describe command said
      else _files; fi;;
  esac
}
compdef _prilavok prilavok`
}

function fish(spots: readonly Spot[]): string {
  const lines = spots.flatMap(({ path, words, flags }) => {
    const here = `complete -c prilavok -n ${quoted(`__prilavok_at "${path}"`)}`
    return [
      ...words.map(({ word, about }) => `${here} -f -a ${quoted(word)}${about && ` -d ${quoted(about)}`}`),
      ...flags.map(flag => `${here} -l ${flag.word.slice(2)}${fishValue(flag)} -d ${quoted(flag.about)}`),
    ]
  })
  return `function __prilavok_at
  set -l at prilavok
  for word in (commandline -opc)[2..]
    switch "$at $word"
      case ${innerPaths(spots).map(quoted).join(' ')}
        set at "$at $word"
    end
  end
  test "$at" = "$argv[1]"
end
${lines.join('\n')}`
}

function fishValue({ takesValue, isFile, values }: Flag): string {
  if (!takesValue) return ''
  if (isFile) return ' -r -F'
  return values.length > 0 ? ` -x -a ${quoted(values.join(' '))}` : ' -x'
}
