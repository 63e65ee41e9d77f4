import displayWidth from 'string-width'
import { cutTo, padTo } from './columns.ts'

/** What a firm column holds is needed whole: it gives way after all others. */
export type Column = { title: string; align?: 'right'; isFirm?: true; paint?: (text: string, row: number) => string }
type Look = { maxWidth: number | undefined; paintTitle?: (text: string) => string }

const gap = '  '
const minWidth = 6

/** Rows under their titles, aligned by what is seen; the widest columns give way until a row fits. Cells have one line. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[], look: Look): string[] {
  const widths = narrowed(columns, naturalWidths(columns, rows), look.maxWidth)
  const paintTitle = look.paintTitle ?? asIs
  const title = paintTitle(
    formatRow(
      columns.map(column => column.title),
      columns,
      { widths },
    ),
  )
  return [title, ...rows.map((row, index) => formatRow(row, columns, { widths, index }))]
}

function naturalWidths(columns: readonly Column[], rows: readonly (readonly string[])[]): number[] {
  return columns.map(({ title }, i) =>
    rows.reduce((widest, row) => Math.max(widest, displayWidth(row[i] ?? '')), displayWidth(title)),
  )
}

function narrowed(columns: readonly Column[], natural: readonly number[], maxWidth = Infinity): number[] {
  const widths = [...natural]
  const gaps = gap.length * (widths.length - 1)
  const total = () => widths.reduce((sum, width) => sum + width, gaps)
  while (total() > maxWidth) {
    const index = widestOf(columns, widths)
    if (index === undefined) return widths
    widths[index] = (widths[index] ?? 0) - 1
  }
  return widths
}

/** Which column can give way next. */
function widestOf(columns: readonly Column[], widths: readonly number[]): number | undefined {
  const able = [...widths.keys()].filter(i => (widths[i] ?? 0) > minWidth)
  const soft = able.filter(i => !columns[i]?.isFirm)
  return (soft.length > 0 ? soft : able).sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0]
}

function formatRow(
  cells: readonly string[],
  columns: readonly Column[],
  { widths, index }: { widths: readonly number[]; index?: number },
): string {
  const formatted = columns.map(({ align, paint }, i) => {
    const width = widths[i] ?? 0
    const text = cutTo(cells[i] ?? '', width)
    // No blanks at the end of a line.
    const padded = i === columns.length - 1 && align === undefined ? text : padTo(text, width, align)
    return paint && index !== undefined ? paint(padded, index) : padded
  })
  return formatted.join(gap)
}

/** Values beside their titles. */
export function formatRows(rows: readonly (readonly [title: string, value: string])[], paintTitle = asIs): string[] {
  const width = Math.max(...rows.map(([title]) => displayWidth(title)))
  return rows.map(([title, value]) => `${paintTitle(padTo(title, width))}  ${value}`)
}

function asIs(text: string): string {
  return text
}
