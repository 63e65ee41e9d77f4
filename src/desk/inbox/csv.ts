import type { ReplyFields } from '../store/replies.ts'

const columns = ['folder', 'title', 'text'] as const
// What spreadsheets take for a formula.
const formula = /^'*[=+\-@\t\r]/
const guarded = /^'+[=+\-@\t\r]/
const byteOrderMark = '\ufeff'

/** Canned replies as a spreadsheet reads them. A text that would be a formula there has an apostrophe before it. */
export function writeRepliesCsv(replies: readonly ReplyFields[]): string {
  const rows = [columns, ...replies.map(reply => columns.map(column => reply[column]))]
  return byteOrderMark + rows.map(row => `${row.map(quote).join(',')}\r\n`).join('')
}

function quote(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

export type ReadReplies = { ok: true; replies: ReplyFields[] } | { ok: false; row: number; why: CsvProblem }
type CsvProblem = 'no columns' | 'open quote' | 'no title' | 'no text' | 'too long' | 'too many'

const bounds = { folder: 100, title: 200, text: 4096 }
const maxReplies = 2000

/** Reads what `writeRepliesCsv` has written, and what spreadsheets make of it: with semicolons or tabs, columns in any order. */
export function readRepliesCsv(csv: string): ReadReplies {
  const text = csv.startsWith(byteOrderMark) ? csv.slice(1) : csv
  const rows = readRows(text, separatorOf(text))
  if (rows === undefined) return { ok: false, row: 1, why: 'open quote' }
  const [head = [], ...body] = rows
  const places = columns.map(column => head.findIndex(name => name.trim().toLowerCase() === column))
  const [folder = -1, title = -1, words = -1] = places
  if (title < 0 || words < 0) return { ok: false, row: 1, why: 'no columns' }
  if (body.length > maxReplies) return { ok: false, row: maxReplies + 2, why: 'too many' }
  const replies: ReplyFields[] = []
  for (const [index, cells] of body.entries()) {
    if (cells.every(cell => cell.trim() === '')) continue
    const cell = (place: number) => unguard(cells[place] ?? '')
    const reply = { folder: cell(folder).trim(), title: cell(title).trim(), text: cell(words) }
    const why = problemOf(reply)
    if (why !== undefined) return { ok: false, row: index + 2, why }
    replies.push(reply)
  }
  return { ok: true, replies }
}

function problemOf(reply: ReplyFields): CsvProblem | undefined {
  if (reply.title === '') return 'no title'
  if (reply.text.trim() === '') return 'no text'
  return columns.some(column => reply[column].length > bounds[column]) ? 'too long' : undefined
}

function unguard(cell: string): string {
  return guarded.test(cell) ? cell.slice(1) : cell
}

function separatorOf(text: string): string {
  const head = text.split(/\r?\n/, 1)[0] ?? ''
  return [',', ';', '\t'].reduce((most, each) => (head.split(each).length > head.split(most).length ? each : most))
}

/** RFC 4180: cells in quotes may have separators, line breaks and doubled quotes. Undefined if a quote is not closed. */
function readRows(text: string, separator: string): string[][] | undefined {
  const rows: string[][] = [['']]
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const row = rows.at(-1) ?? []
    const last = row.length - 1
    const letter = text[at] ?? ''
    if (isQuoted) {
      if (letter !== '"') row[last] += letter
      else if (text[at + 1] === '"') row[last] += text[at++] ?? ''
      else isQuoted = false
    } else if (letter === '"' && row[last] === '') isQuoted = true
    else if (letter === separator) row.push('')
    else if (letter === '\n') rows.push([''])
    else if (letter !== '\r' || text[at + 1] !== '\n') row[last] += letter
  }
  return isQuoted ? undefined : rows
}
