import { createRequire } from 'node:module'

type Highlighter = {
  registerLanguage(name: string, language: unknown): void
  highlight(text: string, options: { language: string }): { value: string }
}

const require = createRequire(import.meta.url)
// Its own types bring those of the DOM along, for every source of the repository.
const hljs = require('highlight.js/lib/core') as Highlighter
const known = ['bash', 'dockerfile', 'go', 'http', 'ini', 'json', 'php', 'python', 'shell', 'sql', 'typescript', 'yaml']
for (const name of known) hljs.registerLanguage(name, require(`highlight.js/lib/languages/${name}`))

const endings: Record<string, string> = {
  ts: 'typescript',
  mjs: 'typescript',
  cjs: 'typescript',
  js: 'typescript',
  py: 'python',
  yml: 'yaml',
  sh: 'bash',
  toml: 'ini',
}
const prompt = /^\$ /m

/** Which language a block is in: as it says, or as it looks. */
export function nameLanguage(text: string, told = ''): string | undefined {
  const name = endings[told] ?? told
  if (known.includes(name)) return name
  if (prompt.test(text)) return 'shell'
  return /^\s*[{[]\s*"/.test(text) ? 'json' : undefined
}

/** A program as HTML: each kind of word in a span of its class. */
export function highlight(text: string, language: string | undefined): string {
  if (language === 'shell') return text.split('\n').reduce(addShellLine, { html: '', isCommand: false }).html
  return language === undefined ? escapeHtml(text) : hljs.highlight(text, { language }).value
}

/** What somebody wants who copies a session at a terminal: the commands, without the prompts and what was printed. */
export function commandsOf(text: string): string {
  const wanted: string[] = []
  let isCommand = false
  for (const line of text.split('\n')) {
    if (line.startsWith('$ ') || isCommand) wanted.push(line.replace(/^\$ /, ''))
    isCommand = (line.startsWith('$ ') || isCommand) && line.endsWith('\\')
  }
  return wanted.join('\n')
}

type Session = { html: string; isCommand: boolean }

function addShellLine({ html, isCommand }: Session, line: string): Session {
  const begins = line.startsWith('$ ')
  const text = begins ? line.slice(2) : line
  const program = hljs.highlight(text, { language: 'bash' }).value
  const shown = begins ? `<span class="prompt">$ </span>${program}` : isCommand ? program : said(text)
  return { html: `${html}${html && '\n'}${shown}`, isCommand: (begins || isCommand) && line.endsWith('\\') }
}

const said = (text: string) => (text === '' ? '' : `<span class="said">${escapeHtml(text)}</span>`)

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
