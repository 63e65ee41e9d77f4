import { useEffect, useMemo, useRef, useState } from 'react'
import { useKeys } from '../../ui/keys/keys.ts'

type RowCursorOptions<Row> = {
  texts: { nextKey: string; previousKey: string }
  rows: readonly Row[]
  keyOf: (row: Row) => string
  openKey: string | undefined
  onOpenNext: (key: string) => void
  scrollTo: (index: number) => void
}

type Cursor = { key: string | undefined; isByKey: boolean }

/** J and K walk the rows. Beside an open row they open the next; else Enter opens the row that they have led to. */
export function useRowCursor<Row>(options: RowCursorOptions<Row>) {
  const { rows, keyOf, openKey, onOpenNext, scrollTo, texts } = options
  const [cursor, setCursor] = useState<Cursor>({ key: openKey, isByKey: false })
  useStepKeys(texts, by => {
    const from = rows.findIndex(row => keyOf(row) === (openKey ?? cursor.key))
    const index = Math.min(Math.max(from + by, 0), rows.length - 1)
    const row = rows[index]
    if (!row) return
    const key = keyOf(row)
    setCursor({ key, isByKey: true })
    scrollTo(index)
    if (openKey !== undefined) onOpenNext(key)
  })
  return { ...cursor, focused: (key: string) => setCursor({ key, isByKey: false }) }
}

function useStepKeys({ nextKey, previousKey }: RowCursorOptions<never>['texts'], step: (by: 1 | -1) => void): void {
  const latest = useRef(step)
  useEffect(() => {
    latest.current = step
  })
  useKeys(
    useMemo(
      () => [
        { keys: 'j', does: nextKey, run: () => latest.current(1) },
        { keys: 'k', does: previousKey, run: () => latest.current(-1) },
      ],
      [nextKey, previousKey],
    ),
  )
}
