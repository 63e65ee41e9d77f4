import { type RefObject, useEffect, useState } from 'react'
import type { ChatRow } from '#desk-protocol'
import { keyOfChat } from '../../../data/chats.ts'
import { holdOrder } from './hold-order.ts'

/** The rows as they are, but while the pointer is on the list they keep their places: what has moved is counted. */
export function useHeldRows(rows: readonly ChatRow[], box: RefObject<HTMLElement | null>) {
  const isPointed = usePointed(box)
  const [held, setHeld] = useState(rows)
  const latest = isPointed ? holdOrder(held, rows, keyOfChat) : { rows, movedCount: 0 }
  useEffect(() => {
    if (!isPointed) setHeld(rows)
  }, [isPointed, rows])
  return { ...latest, apply: () => setHeld(rows) }
}

function usePointed(box: RefObject<HTMLElement | null>): boolean {
  const [isPointed, setPointed] = useState(false)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const ended = new AbortController()
    const { signal } = ended
    // A finger does not stay where it has touched.
    const onEnter = (event: PointerEvent) => setPointed(event.pointerType === 'mouse')
    element.addEventListener('pointerenter', onEnter, { signal })
    element.addEventListener('pointerleave', () => setPointed(false), { signal })
    return () => ended.abort()
  }, [box])
  return isPointed
}
