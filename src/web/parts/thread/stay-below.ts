import { useLayoutEffect, useRef } from 'react'

// A reader this near to the end is taken to read the newest message.
const nearPx = 80

/** For a scrolling element: stays at the end while its reader is there, and keeps the reader's place when older messages are added above. */
export function useStayBelow<Element extends HTMLElement>(firstKey: string, lastKey: string) {
  const ref = useRef<Element>(null)
  const before = useRef({ height: 0, firstKey: '', isBelow: true })
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const { height, firstKey: first, isBelow } = before.current
    const grewAbove = first !== '' && first !== firstKey && lastKey !== ''
    if (isBelow) element.scrollTop = element.scrollHeight
    else if (grewAbove) element.scrollTop += element.scrollHeight - height
    before.current = { height: element.scrollHeight, firstKey, isBelow }
  }, [firstKey, lastKey])
  const onScroll = () => {
    const element = ref.current
    if (!element) return
    before.current.isBelow = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx
    before.current.height = element.scrollHeight
  }
  /** A picture that has loaded makes its message higher, so the end moves. */
  const onLoadCapture = () => {
    const element = ref.current
    if (element && before.current.isBelow) element.scrollTop = element.scrollHeight
  }
  return { ref, onScroll, onLoadCapture }
}
