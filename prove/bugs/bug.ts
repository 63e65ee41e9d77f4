/** What finds a bug: tests of a file, or a quick proof. */
export type Catcher = { test: string; title?: string } | { proof: string }

/** One line made wrong, as somebody could make it wrong who does not know why it is there. */
export type Bug = {
  name: string
  file: string
  /** Stands exactly once in the file. */
  from: string
  to: string
  /** The cheapest that finds it. */
  caughtBy: Catcher
}

export function plant({ name, file, from, to }: Bug, text: string): string {
  const parts = text.split(from)
  if (parts.length !== 2) throw new Error(`${name}: “${from}” stands ${parts.length - 1} times in ${file}`)
  return parts.join(to)
}
