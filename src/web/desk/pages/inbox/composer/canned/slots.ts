/** `{name}`, `{name|words}` and the same in double braces: the name begins with a letter, and both are on one line. */
export const slotPattern = /\{{1,2}[ \t]*(\p{L}[\p{L}\p{N} _-]{0,39}?)[ \t]*(?:\|([^{}\n]*))?\}{1,2}/gu

/** A variable that nobody has filled in yet, and where it stands. */
export type Slot = { name: string; from: number; to: number }

export function slotsOf(text: string): Slot[] {
  return Array.from(text.matchAll(slotPattern), ({ 0: whole, 1: name = '', index }) => ({
    ...{ name, from: index, to: index + whole.length },
  }))
}

type Selected = { from: number; to: number; isBack: boolean }

/** The one that Tab goes to from a selection, or Shift+Tab: undefined behind the last and before the first. */
export function nextSlot(slots: readonly Slot[], { from, to, isBack }: Selected): Slot | undefined {
  return isBack ? slots.findLast(slot => slot.from < from) : slots.find(slot => slot.to > to)
}
