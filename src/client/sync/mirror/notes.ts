/** What a sync must remember between two runs, besides the marks. */
export type Notes = {
  /** Of the list, all that changed up to this time has been put. */
  sweptTo?: Date | undefined
  /** When the whole list was last begun to be walked through, by our clock. */
  wholeAt?: Date | undefined
  /** Messages up to this time were there before us: they are no news. */
  since?: Date | undefined
}

export function serializeNotes({ sweptTo, wholeAt, since }: Notes): string {
  return JSON.stringify({ sweptTo, wholeAt, since })
}

/** Notes that cannot be read are as good as none: everything is walked through again. */
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
