import MiniSearch from 'minisearch'

/** Address, title of the page, of the part, its words. */
export type Row = readonly [string, string, string, string]
export type Hit = { address: string; page: string; title: string; excerpt: string; words: string[] }

const most = 12
const excerptLength = 140

/** A function that finds parts of pages by words, by their beginnings, and with a slip of the finger or another ending. */
export function makeFinder(rows: readonly Row[]): (wanted: string) => Hit[] {
  const index = new MiniSearch({
    fields: ['title', 'page', 'text'],
    searchOptions: {
      boost: { title: 4, page: 2 },
      prefix: true,
      fuzzy: term => (term.length > 4 ? 0.2 : false),
      combineWith: 'AND',
    },
  })
  index.addAll(rows.map(([, page, title, text], id) => ({ id, page, title, text })))
  return wanted =>
    index
      .search(wanted)
      .slice(0, most)
      .flatMap(({ id, terms }) => {
        const row = rows[id]
        return row ? [hitOf(row, terms)] : []
      })
}

function hitOf([address, page, title, text]: Row, words: string[]): Hit {
  return { address, page, title, excerpt: excerptOf(text, words), words }
}

/** The words around the first that was found. */
function excerptOf(text: string, words: string[]): string {
  const lower = text.toLowerCase()
  const places = words.map(word => lower.indexOf(word)).filter(place => place >= 0)
  const from = places.length > 0 ? Math.max(0, Math.min(...places) - excerptLength / 3) : 0
  const begin = from === 0 ? 0 : text.indexOf(' ', from) + 1
  const piece = text.slice(begin, begin + excerptLength)
  return `${begin > 0 ? '… ' : ''}${piece}${begin + excerptLength < text.length ? '…' : ''}`
}

/** A text in pieces, those that were looked for marked. */
export function markWords(text: string, words: readonly string[]): { text: string; isFound: boolean }[] {
  if (words.length === 0) return [{ text, isFound: false }]
  const wanted = words.map(word => word.replaceAll(/[^\p{L}\p{N}]/gu, '\\$&')).sort((a, b) => b.length - a.length)
  return text
    .split(new RegExp(`(${wanted.join('|')})`, 'iu'))
    .map((piece, place) => ({ text: piece, isFound: place % 2 === 1 }))
    .filter(({ text: piece }) => piece !== '')
}
