import { type KeyboardEvent, type RefObject, useCallback, useMemo, useState } from 'react'

type ActiveRowOptions<Row> = {
  rows: readonly Row[]
  keyOf: (row: Row) => string
  scroller: RefObject<HTMLElement | null>
  rowHeight: number
  headHeight: number
  scrollTo: (index: number) => void
  onOpen: ((row: Row) => void) | undefined
}

/** The row that the keys have led to: arrows, Page keys, Home and End move it; Enter opens it. */
export function useActiveRow<Row>(options: ActiveRowOptions<Row>) {
  const { rows, keyOf, scroller, rowHeight, headHeight, scrollTo, onOpen } = options
  const [activeKey, setActiveKey] = useState<string>()
  const activeIndex = useMemo(
    () => (activeKey === undefined ? -1 : rows.findIndex(row => keyOf(row) === activeKey)),
    [rows, activeKey, keyOf],
  )
  const moveTo = (wanted: number) => {
    const index = Math.min(Math.max(wanted, 0), rows.length - 1)
    const row = rows[index]
    if (row === undefined) return
    setActiveKey(keyOf(row))
    scrollTo(index)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current) return
    const pageRows = Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / rowHeight) - 1
    const to = targetOf(event.key, { from: activeIndex, pageRows: Math.max(1, pageRows), count: rows.length })
    const active = rows[activeIndex]
    if (to !== undefined) moveTo(to)
    else if (event.key === 'Enter' && active !== undefined) onOpen?.(active)
    else return
    event.preventDefault()
  }
  const choose = useCallback(
    (row: Row, rowKey: string) => {
      setActiveKey(rowKey)
      onOpen?.(row)
    },
    [onOpen],
  )
  return { activeKey, activeIndex, onKeyDown, choose }
}

/** Where a key leads; undefined for a key that does not move. */
function targetOf(key: string, { from, pageRows, count }: { from: number; pageRows: number; count: number }) {
  const targets: Record<string, number> = {
    ArrowDown: from + 1,
    ArrowUp: from < 0 ? 0 : from - 1,
    PageDown: Math.max(from, 0) + pageRows,
    PageUp: from - pageRows,
    Home: 0,
    End: count - 1,
  }
  return targets[key]
}
