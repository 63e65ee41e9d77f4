import { Marked, type Token, type Tokens } from 'marked'
import { type Heading, headingsOf, textOf } from './headings.ts'
import { rendererOf } from './renderer.ts'

/** A part of a page that a search can lead to. */
export type Part = { id: string; title: string; text: string }

export type PageText = {
  title: string
  /** The first paragraph, in words. */
  lead: string
  html: string
  headings: Heading[]
  parts: Part[]
}

export type Links = {
  /** The address of a link's target; undefined, and the words alone are shown, where it leads nowhere. */
  resolve(href: string): string | undefined
  /** The words of the language that the page is in. */
  words: { copy: string; table: string; anchor: string; note: string; warning: string }
}

/** A page of Markdown as HTML, with what is said about it elsewhere. */
export function readPage(markdown: string, links: Links): PageText {
  const marked = new Marked({ gfm: true })
  const tokens = marked.lexer(markdown)
  const headings = headingsOf(tokens)
  marked.use({ renderer: rendererOf(headings, links) })
  const all = [...headings.values()]
  const lead = tokens.find((token): token is Tokens.Paragraph => token.type === 'paragraph')
  return {
    title: all.find(({ depth }) => depth === 1)?.text ?? '',
    lead: textOf(lead?.tokens),
    html: marked.parser(tokens),
    headings: all,
    parts: partsOf(tokens, headings),
  }
}

function partsOf(tokens: Token[], headings: Map<Token, Heading>): Part[] {
  const parts: Part[] = []
  for (const token of tokens) {
    const heading = headings.get(token)
    if (heading) parts.push({ id: heading.depth === 1 ? '' : heading.id, title: heading.text, text: '' })
    else {
      const part = parts.at(-1)
      if (part) part.text = `${part.text} ${wordsIn(token)}`.trim().replaceAll(/\s+/g, ' ')
    }
  }
  return parts
}

/** Also of lists and tables, whose rows are no tokens. */
function wordsIn(token: Token): string {
  if (token.type === 'list')
    return (token as Tokens.List).items.map(item => item.tokens.map(wordsIn).join(' ')).join(' ') // as its type says
  if (token.type !== 'table') return textOf([token])
  const { header, rows } = token as Tokens.Table // as its type says
  return [header, ...rows].flatMap(row => row.map(cell => textOf(cell.tokens))).join(' ')
}
