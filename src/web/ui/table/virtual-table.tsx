import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useId, useMemo, useRef } from 'react'
import { LoadingMore, NewsPill } from './list-edges.tsx'
import { type Column, cellClass, TableRow, tracksOf } from './table-row.tsx'
import { useActiveRow } from './use-active-row.ts'
import { useVirtualRows } from './use-virtual-rows.ts'
import './virtual-table.css'

type Props<Row> = {
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  keyOf: (row: Row) => string
  rowHeight?: number
  /** Enter or a click on a row. */
  onOpen?: (row: Row) => void
  /** The row whose details are on the screen. */
  openKey?: string | undefined
  /** Where the rows end and more can be read. */
  onEnd?: (() => void) | undefined
  isLoadingMore?: boolean
  /** Something new is not shown yet, so that nothing moves under the reader. */
  hasNews?: boolean
  onShowNews?: () => void
}

const headHeight = 32

/** A table of any length: only the rows in sight exist. Arrows, Page keys, Home and End move; Enter opens. */
export function VirtualTable<Row>(props: Props<Row>) {
  const { label, rows, isLoadingMore, hasNews, onShowNews } = props
  const table = useTable(props)
  const { id, columns, inSight, activeIndex } = table
  const isActiveInSight = inSight.some(({ index }) => index === activeIndex)
  return (
    <div className="vt-box">
      {hasNews && <NewsPill className="vt-news" onShow={onShowNews} />}
      <div
        ref={table.ref}
        className="vt"
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={isActiveInSight ? `${id}-${activeIndex}` : undefined}
        tabIndex={0}
        onKeyDown={table.onKeyDown}
      >
        <Head columns={columns} />
        <Rows table={table} props={props} />
        {isLoadingMore && <LoadingMore />}
      </div>
    </div>
  )
}

function useTable<Row>({ rows, columns: all, keyOf, rowHeight = 40, onOpen, onEnd }: Props<Row>) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>()
  const ref = useMergedRef(scroller, sizeRef)
  const columns = useMemo(
    () => all.filter(({ from = 0, until = Infinity }) => (width || 1e4) >= from && (width || 1e4) < until),
    [all, width],
  )
  const common = { rows, keyOf, rowHeight, scroller, headHeight }
  const virtual = useVirtualRows({ ...common, onEnd })
  const active = useActiveRow({ ...common, scrollTo: virtual.scrollTo, onOpen })
  return { id, ref, columns, rowHeight, ...virtual, ...active }
}

function Head<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <div className="vt-row vt-head" role="row" tabIndex={-1} aria-rowindex={1} style={tracksOf(columns)}>
      {columns.map(column => (
        <div key={column.id} role="columnheader" tabIndex={-1} className={cellClass(column)}>
          {column.title}
        </div>
      ))}
    </div>
  )
}

type RowsProps<Row> = { table: ReturnType<typeof useTable<Row>>; props: Pick<Props<Row>, 'onOpen' | 'openKey'> }

function Rows<Row>({ table, props: { onOpen, openKey } }: RowsProps<Row>) {
  const { id, columns, rowHeight, inSight, totalSize, activeKey, choose } = table
  return (
    <div role="rowgroup" style={{ height: totalSize, position: 'relative' }}>
      {inSight.map(({ row, index, key, top }) => (
        <TableRow
          key={key}
          id={`${id}-${index}`}
          row={row}
          rowKey={key}
          index={index}
          columns={columns}
          top={top}
          height={rowHeight}
          isActive={key === activeKey}
          isOpen={onOpen ? key === openKey : undefined}
          onChoose={choose}
        />
      ))}
    </div>
  )
}
