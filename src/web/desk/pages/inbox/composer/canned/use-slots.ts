import { type RefObject, useMemo } from 'react'
import { nextSlot, type Slot, slotsOf } from './slots.ts'

/** The variables of a text that are still to be filled in. Tab goes from one to the next, and out of the field after the last. */
export function useSlots(text: string, field: RefObject<HTMLTextAreaElement | null>) {
  const slots = useMemo(() => slotsOf(text), [text])
  const goTo = (slot: Slot | undefined) => {
    field.current?.focus()
    if (slot) field.current?.setSelectionRange(slot.from, slot.to)
  }
  const onKey = ({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => {
    if (key !== 'Tab' || ctrlKey || metaKey || altKey || !field.current) return false
    const { selectionStart: from, selectionEnd: to } = field.current
    const slot = nextSlot(slots, { from, to, isBack: shiftKey })
    if (slot) goTo(slot)
    return slot !== undefined
  }
  return { slots, goTo, onKey }
}

export type Slots = ReturnType<typeof useSlots>
