import { keptText } from '../cabinets/kept-text.ts'
import type { ReplyFields } from '../store/replies.ts'
import { readRows, separatorOf } from './csv-rows.ts'

const columns = ['folder', 'title', 'text'] as const
type Language = 'en' | 'ru'
const heads: Record<Language, Record<(typeof columns)[number], string>> = {
  en: { folder: 'folder', title: 'title', text: 'text' },
  ru: { folder: 'Папка', title: 'Название', text: 'Текст' },
}
// Which one a spreadsheet of that language takes for the next column.
const separators: Record<Language, string> = { en: ',', ru: ';' }
// What spreadsheets take for a formula.
const formula = /^'*[=+\-@＝＋－＠\t\r\n]/
const guarded = /^'+[=+\-@＝＋－＠\t\r\n]/
const byteOrderMark = '\ufeff'

/** Canned replies as a spreadsheet of the language reads them. A text that would be a formula there has an apostrophe before it. */
export function writeRepliesCsv(replies: readonly ReplyFields[], language: Language = 'en'): string {
  const head = columns.map(column => heads[language][column])
  const rows = [head, ...replies.map(reply => columns.map(column => reply[column]))]
  return byteOrderMark + rows.map(row => `${row.map(quote).join(separators[language])}\r\n`).join('')
}

function quote(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

export const rowProblems = ['no title', 'no text', 'too long', 'repeated'] as const
/** `row`: as a spreadsheet counts records, the first is 1. */
export type CsvRefusal = { row: number; why: (typeof rowProblems)[number] }
export type CsvRow = { row: number; reply: ReplyFields }
type NoTable = { ok: false; row: number; why: 'no columns' | 'open quote' | 'too many' }
export type ReadReplies = { ok: true; rows: CsvRow[]; refused: CsvRefusal[] } | NoTable

const bounds = { folder: 100, title: 200, text: 4096 }
const maxRows = 10_000

/** Reads what `writeRepliesCsv` has written, and what spreadsheets make of it: with semicolons or tabs, columns in any order. */
export function readRepliesCsv(csv: string): ReadReplies {
  const text = csv.startsWith(byteOrderMark) ? csv.slice(1) : csv
  const records = readRows(text, separatorOf(text))
  if ('openQuoteIn' in records) return { ok: false, row: records.openQuoteIn, why: 'open quote' }
  const [head = [], ...body] = records
  const [folder = -1, title = -1, words = -1] = columns.map(column => placeOf(column, head))
  if (title < 0 || words < 0) return { ok: false, row: 1, why: 'no columns' }
  const read: Extract<ReadReplies, { ok: true }> = { ok: true, rows: [], refused: [] }
  for (const [index, cells] of body.entries()) {
    if (cells.every(cell => cell.trim() === '')) continue
    const row = index + 2
    const cell = (place: number) => keptText(unguard(cells[place] ?? ''))
    const reply = { folder: cell(folder).trim(), title: cell(title).trim(), text: cell(words) }
    const why = problemOf(reply)
    if (why === undefined) read.rows.push({ row, reply })
    else read.refused.push({ row, why })
    if (read.rows.length + read.refused.length > maxRows) return { ok: false, row, why: 'too many' }
  }
  return read
}

function placeOf(column: (typeof columns)[number], head: readonly string[]): number {
  const names = Object.values(heads).map(words => words[column].toLowerCase())
  return head.findIndex(name => names.includes(name.trim().toLowerCase()))
}

function problemOf(reply: ReplyFields): CsvRefusal['why'] | undefined {
  if (reply.title === '') return 'no title'
  if (reply.text.trim() === '') return 'no text'
  return columns.some(column => reply[column].length > bounds[column]) ? 'too long' : undefined
}

function unguard(cell: string): string {
  return guarded.test(cell) ? cell.slice(1) : cell
}
