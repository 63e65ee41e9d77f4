import type { RendererObject, Token, Tokens } from 'marked'
import type { Heading } from './headings.ts'
import { commandsOf, escapeHtml, highlight, nameLanguage } from './highlight.ts'
import type { Links } from './read-page.ts'

const told = /^\[!(NOTE|WARNING)\]\s*/

/** How each kind of block looks in HTML. What may be wider than the page can be reached and scrolled by keys. */
export function rendererOf(headings: Map<Token, Heading>, { resolve, words }: Links): RendererObject {
  return {
    heading(token) {
      const { tokens, depth } = token
      const inside = this.parser.parseInline(tokens)
      const { id = '', text = '' } = headings.get(token) ?? {}
      if (depth === 1) return `<h1>${inside}</h1>\n`
      const anchor = `<a class="anchor" href="#${id}" aria-label="${escapeHtml(`${words.anchor} ${text}`)}">#</a>`
      return `<h${depth} id="${id}">${inside}${anchor}</h${depth}>\n`
    },
    code: ({ text, lang }) => codeBlock(text, lang, words),
    table(token) {
      const head = this.tablerow({ text: token.header.map(cell => this.tablecell(cell)).join('') })
      const rows = token.rows.map(row => this.tablerow({ text: row.map(cell => this.tablecell(cell)).join('') }))
      const body = `<table><thead>${head}</thead><tbody>${rows.join('')}</tbody></table>`
      return `<div class="wide" role="group" aria-label="${words.table}" tabindex="0">${body}</div>\n`
    },
    link({ href, tokens }) {
      const inside = this.parser.parseInline(tokens)
      const target = resolve(href)
      return target === undefined ? inside : `<a href="${escapeHtml(target)}">${inside}</a>`
    },
    blockquote({ tokens }) {
      const html = this.parser.parse(tokens)
      const [, kind] = told.exec(html.replace(/^<p>/, '')) ?? []
      if (!kind) return `<blockquote>${html}</blockquote>\n`
      const label = kind === 'NOTE' ? words.note : words.warning
      const inside = html.replace(/^<p>\[!\w+\]\s*/, '<p>')
      return `<aside class="told ${kind.toLowerCase()}"><strong>${label}</strong>${inside}</aside>\n`
    },
  }
}

export function codeBlock(text: string, lang: Tokens.Code['lang'], words: Links['words']): string {
  const language = nameLanguage(text, lang?.split(' ')[0])
  const commands = language === 'shell' ? commandsOf(text) : ''
  const copied = commands && ` data-copy="${escapeHtml(commands)}"`
  const button = `<button class="copy" type="button" aria-label="${words.copy}"${copied} hidden></button>`
  const inside = `<pre tabindex="0"><code>${highlight(text, language)}</code></pre>`
  return `<div class="code" data-language="${language ?? ''}">${inside}${button}</div>\n`
}
