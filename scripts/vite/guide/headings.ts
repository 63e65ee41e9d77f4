import { type Token, walkTokens } from 'marked'

export type Heading = { id: string; depth: number; text: string }

/** What is written in a run of text, without its marks. */
export function textOf(tokens: readonly Token[] = []): string {
  return tokens.map(token => ('tokens' in token && token.tokens ? textOf(token.tokens) : wordsOf(token))).join('')
}

function wordsOf(token: Token): string {
  if (token.type === 'html' || token.type === 'def') return ''
  if (token.type === 'br' || token.type === 'space') return ' '
  return 'text' in token ? plainOf(token.text) : ''
}

const plainOf = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

/** The headings of a page, with the anchors that GitHub gives them, so that links hold in both places. */
export function headingsOf(tokens: Token[]): Map<Token, Heading> {
  const found = new Map<Token, Heading>()
  const used = new Map<string, number>()
  walkTokens(tokens, token => {
    if (token.type !== 'heading') return
    const text = textOf(token.tokens)
    const plain = slugOf(text)
    const times = used.get(plain) ?? 0
    used.set(plain, times + 1)
    found.set(token, { id: times === 0 ? plain : `${plain}-${times}`, depth: token.depth, text })
  })
  return found
}

function slugOf(text: string): string {
  return text
    .toLowerCase()
    .trim()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
}
