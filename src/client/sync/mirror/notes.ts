/** What a sync keeps in the store between two runs, besides the marks. */
export type Notes = {
  /** Everything that changed in the list up to this time was put. */
  sweptTo?: Date | undefined
  /** When the last reading of the whole list began, by our clock. */
  wholeAt?: Date | undefined
  /** When a watch began: messages up to this time are not told. */
  since?: Date | undefined
}

export function serializeNotes({ sweptTo, wholeAt, since }: Notes): string {
  return JSON.stringify({ sweptTo, wholeAt, since })
}

/** Notes that cannot be read count as none: then the whole list is read again. */
export function readNotes(text: string | undefined): Notes {
  const fields = parse(text ?? '{}')
  return { sweptTo: dateOf(fields['sweptTo']), wholeAt: dateOf(fields['wholeAt']), since: dateOf(fields['since']) }
}

function parse(text: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(text) }
  } catch {
    return {}
  }
}

function dateOf(field: unknown): Date | undefined {
  const date = new Date(typeof field === 'string' ? field : Number.NaN)
  return Number.isNaN(date.getTime()) ? undefined : date
}
