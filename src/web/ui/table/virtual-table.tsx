import { Button, Loader } from '@mantine/core'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { IconArrowUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Column, cellClass, TableRow, tracksOf } from './table-row.tsx'
import './virtual-table.css'

export type { Column }

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
const rowsAhead = 12

/** A table of any length: only the rows in sight exist. Arrows, Page keys, Home and End move; Enter opens. */
export function VirtualTable<Row>(props: Props<Row>) {
  const { label, rows, keyOf, rowHeight = 40, onOpen, openKey, onEnd, isLoadingMore, hasNews, onShowNews } = props
  const { t } = useTranslation('ui')
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>()
  const ref = useMergedRef(scroller, sizeRef)
  const [activeKey, setActiveKey] = useState<string>()
  const columns = useMemo(
    () => props.columns.filter(({ from = 0 }) => width === 0 || width >= from),
    [props.columns, width],
  )
  const choose = useCallback(
    (row: Row, rowKey: string) => {
      setActiveKey(rowKey)
      onOpen?.(row)
    },
    [onOpen],
  )
  // Another function would have all rows measured again.
  const getItemKey = useCallback((index: number) => keyOf(rows[index] as Row), [rows, keyOf]) // within count
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey,
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  })
  const items = virtual.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && lastIndex >= rows.length - rowsAhead) onEnd?.()
  }, [lastIndex, rows.length, onEnd])

  const activeIndex = useMemo(
    () => (activeKey === undefined ? -1 : rows.findIndex(row => keyOf(row) === activeKey)),
    [rows, activeKey, keyOf],
  )
  const isActiveInSight = items.some(({ index }) => index === activeIndex)
  const move = (to: number) => {
    const index = Math.min(Math.max(to, 0), rows.length - 1)
    const row = rows[index]
    if (row === undefined) return
    setActiveKey(keyOf(row))
    virtual.scrollToIndex(index)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current) return
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / rowHeight) - 1)
    const steps: Record<string, number> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex < 0 ? 0 : activeIndex - 1,
      PageDown: Math.max(activeIndex, 0) + page,
      PageUp: activeIndex - page,
      Home: 0,
      End: rows.length - 1,
    }
    const to = steps[event.key]
    const active = rows[activeIndex]
    if (to !== undefined) move(to)
    else if (event.key === 'Enter' && active !== undefined) onOpen?.(active)
    else return
    event.preventDefault()
  }

  return (
    <div className="vt-box">
      {hasNews && (
        <Button className="vt-news" radius="xl" leftSection={<IconArrowUp size={14} />} onClick={onShowNews}>
          {t('showNew')}
        </Button>
      )}
      <div
        ref={ref}
        className="vt"
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={isActiveInSight ? `${id}-${activeIndex}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className="vt-row vt-head" role="row" tabIndex={-1} aria-rowindex={1} style={tracksOf(columns)}>
          {columns.map(column => (
            <div key={column.id} role="columnheader" tabIndex={-1} className={cellClass(column)}>
              {column.title}
            </div>
          ))}
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map(({ index, key, start }) => {
            const row = rows[index] as Row // within count
            const rowKey = keyOf(row)
            return (
              <TableRow
                key={key}
                id={`${id}-${index}`}
                row={row}
                rowKey={rowKey}
                index={index}
                columns={columns}
                top={start - headHeight}
                height={rowHeight}
                isActive={rowKey === activeKey}
                isOpen={onOpen ? rowKey === openKey : undefined}
                onChoose={choose}
              />
            )
          })}
        </div>
        {isLoadingMore && (
          <div className="vt-more">
            <Loader size="xs" aria-label={t('loading')} />
          </div>
        )}
      </div>
    </div>
  )
}
