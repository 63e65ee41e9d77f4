import { type ReactNode, useRef } from 'react'
import { LoadingMore, NewsPill } from '../../ui/table/list-edges.tsx'
import { useVirtualRows } from '../../ui/table/use-virtual-rows.ts'
import { useRowCursor } from './use-row-cursor.ts'
import './virtual-list.css'

export type RowState = {
  isOpen: boolean
  /** The one that Tab reaches: Tab walks panes, not rows. */
  isTabbable: boolean
  /** The keys have led here. */
  takesFocus: boolean
  onFocus: () => void
}

type Props<Row> = {
  texts: { label: string; nextKey: string; previousKey: string }
  rows: readonly Row[]
  keyOf: (row: Row) => string
  rowHeight: number
  openKey: string | undefined
  /** The keys have led to another row while one was open. */
  onOpenNext: (key: string) => void
  onEnd: () => void
  isLoadingMore: boolean
  hasNews: boolean
  onShowNews: () => void
  /** What the button about news says, where it can say more. */
  newsText?: string | undefined
  children: (row: Row, state: RowState) => ReactNode
}

/** A list of any length: only the rows in sight exist. J and K walk it. */
export function VirtualList<Row>(props: Props<Row>) {
  const { texts, rows, keyOf, rowHeight, openKey, onEnd, children } = props
  const scroller = useRef<HTMLDivElement>(null)
  const { inSight, totalSize, scrollTo } = useVirtualRows({ rows, keyOf, rowHeight, scroller, onEnd })
  const cursor = useRowCursor({ ...props, scrollTo })
  const tabbable = [cursor.key, openKey, inSight[0]?.key].find(key => inSight.some(row => row.key === key))
  const stateOf = (key: string): RowState => ({
    isOpen: key === openKey,
    isTabbable: key === tabbable,
    takesFocus: cursor.isByKey && key === cursor.key,
    onFocus: () => cursor.focused(key),
  })
  return (
    <div className="list-box">
      {props.hasNews && <NewsPill className="list-news" text={props.newsText} onShow={props.onShowNews} />}
      <div ref={scroller} className="list-scroll">
        <ul aria-label={texts.label} style={{ height: totalSize }}>
          {inSight.map(({ row, index, key, top }) => (
            <li key={key} aria-setsize={-1} aria-posinset={index + 1} style={{ transform: `translateY(${top}px)` }}>
              {children(row, stateOf(key))}
            </li>
          ))}
        </ul>
        {props.isLoadingMore && <LoadingMore />}
      </div>
    </div>
  )
}
