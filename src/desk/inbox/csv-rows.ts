/** By which sign the cells of a table are parted, as its first line has it. */
export function separatorOf(text: string): string {
  const [head = ''] = text.split(/\r\n|\r|\n/, 1)
  return [',', ';', '\t'].reduce((most, each) => (head.split(each).length > head.split(most).length ? each : most))
}

/**
 * RFC 4180: cells in quotes may have separators, line breaks and doubled quotes. A quote that is not closed would swallow the rest:
 * then the record in which it opens is told instead.
 */
export function readRows(text: string, separator: string): string[][] | { openQuoteIn: number } {
  const rows: string[][] = []
  const afterQuotes = new RegExp(`([^${separator}\\r\\n]*)(${separator}|\\r\\n|\\r|\\n|$)`, 'y')
  let row: string[] = []
  let end = separator
  for (let at = 0; end !== ''; at = afterQuotes.lastIndex) {
    const closedAt = text[at] === '"' ? closingQuote(text, at) : at
    if (closedAt === undefined) return { openQuoteIn: rows.length + 1 }
    const quoted = text.slice(at + 1, closedAt).replaceAll('""', '"')
    afterQuotes.lastIndex = closedAt === at ? at : closedAt + 1
    const [, rest = '', ended = ''] = afterQuotes.exec(text) ?? []
    row.push(quoted + rest)
    end = ended
    if (end === separator) continue
    rows.push(row)
    row = []
  }
  return rows
}

/** Where the cell ends that begins with a quote at this place: a doubled quote is one that is meant. Undefined if it does not. */
function closingQuote(text: string, openAt: number): number | undefined {
  let at = text.indexOf('"', openAt + 1)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at < 0 ? undefined : at
}
