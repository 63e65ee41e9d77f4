import { memo, type ReactNode } from 'react'

export type Column<Row> = {
  id: string
  title: string
  /** A grid track: `96px`, `minmax(0, 1fr)`. */
  width: string
  align?: 'end'
  /** Shown only where the table is at least so wide, in pixels. */
  from?: number
  /** Shown only where it is narrower than so many pixels. */
  until?: number
  render: (row: Row) => ReactNode
}

/** What heads a column; it is shown where the table is at least `from` pixels wide. */
export const head = (id: string, title: string, width: string, from = 0) => ({ id, title, width, from })

type Props<Row> = {
  id: string
  row: Row
  rowKey: string
  index: number
  columns: readonly Column<Row>[]
  top: number
  height: number
  isActive: boolean
  /** Undefined where rows do not open. */
  isOpen: boolean | undefined
  onChoose: (row: Row, rowKey: string) => void
}

export const tracksOf = (columns: readonly Column<never>[]) => ({
  gridTemplateColumns: columns.map(column => column.width).join(' '),
})

export const cellClass = ({ align }: Pick<Column<never>, 'align'>) => (align === 'end' ? 'vt-cell vt-end' : 'vt-cell')

function RowOf<Row>(props: Props<Row>) {
  const { id, row, rowKey, index, columns, top, height, isActive, isOpen, onChoose } = props
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys for all of its rows
    <div
      id={id}
      role="row"
      tabIndex={-1}
      className={isOpen === undefined ? 'vt-row' : 'vt-row vt-opens'}
      data-active={isActive || undefined}
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      style={{ ...tracksOf(columns), height, transform: `translateY(${top}px)` }}
      onClick={event => {
        if (!isControl(event.target, event.currentTarget)) onChoose(row, rowKey)
      }}
    >
      {columns.map(column => (
        <div key={column.id} role="gridcell" tabIndex={-1} className={cellClass(column)}>
          {column.render(row)}
        </div>
      ))}
    </div>
  )
}

/** A row in sight. While the table scrolls, only rows that come into sight are drawn. */
export const TableRow = memo(RowOf) as typeof RowOf // memo forgets what the row is of

/** A click on a button or a link in a row does not choose the row. */
function isControl(target: EventTarget, row: Element): boolean {
  return target instanceof Element && target.closest('button, a, input') !== null && row.contains(target)
}
