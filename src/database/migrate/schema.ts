/** A schema of the database and the files that make it. */
export type Schema = {
  schema: string
  /** Holds `migrations/` (tables and changes of data, each applied once) and `functions/` (the current text of each). */
  folder: URL
  /** Grows with every change in `functions/`: a program never replaces a function that a later one has written. */
  generation: number
  /** SHA-256 of migrations that have landed and were cut or removed since, by name: a database that has them is accepted. */
  retold?: Readonly<Record<string, string>>
}
