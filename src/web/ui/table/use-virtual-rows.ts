import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect } from 'react'

type VirtualRowsOptions<Row> = {
  rows: readonly Row[]
  keyOf: (row: Row) => string
  rowHeight: number
  scroller: RefObject<HTMLElement | null>
  /** Called where the rows end and more can be read. */
  onEnd?: (() => void) | undefined
  /** The height of what stays above the rows while they scroll. */
  headHeight?: number
}

const rowsAhead = 12

/** The rows in sight of a list of any length, each with its place in pixels below the head. */
export function useVirtualRows<Row>(options: VirtualRowsOptions<Row>) {
  const { rows, keyOf, rowHeight, scroller, onEnd, headHeight = 0 } = options
  // With another function the virtualizer would measure all rows again.
  const getItemKey = useCallback((index: number) => keyAt(rows, keyOf, index), [rows, keyOf])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey,
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  })
  useEffect(() => {
    if (rowHeight > 0) virtual.measure()
  }, [virtual, rowHeight])
  const inSight = virtual.getVirtualItems().flatMap(({ index, start }) => {
    const row = rows[index]
    return row === undefined ? [] : [{ row, index, key: keyOf(row), top: start - headHeight }]
  })
  const lastIndex = inSight.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && lastIndex >= rows.length - rowsAhead) onEnd?.()
  }, [lastIndex, rows.length, onEnd])
  return {
    inSight,
    totalSize: virtual.getTotalSize(),
    scrollTo: (index: number) => virtual.scrollToIndex(index),
  }
}

function keyAt<Row>(rows: readonly Row[], keyOf: (row: Row) => string, index: number): string | number {
  const row = rows[index]
  return row === undefined ? index : keyOf(row)
}
