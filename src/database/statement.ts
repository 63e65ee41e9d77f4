import pg from 'pg'

/** Rows as their type says, with how many rows a statement has touched. */
export type Result<Rows extends readonly unknown[]> = Rows & { count: number }

/** A text with $1, $2, … and their values. */
export type Query = { text: string; values: unknown[] }
type Run = (query: Query) => Promise<unknown>

/** SQL with its parameters. It runs when it is awaited; as a value of another statement it becomes a part of that one. */
export class Statement<Rows extends readonly unknown[]> implements Promise<Result<Rows>> {
  readonly [Symbol.toStringTag] = 'Statement'
  readonly #run: Run
  readonly #strings: readonly string[]
  readonly #values: readonly unknown[]
  #running: Promise<Result<Rows>> | undefined

  constructor(run: Run, strings: readonly string[], values: readonly unknown[]) {
    this.#run = run
    this.#strings = strings
    this.#values = values
  }

  // biome-ignore lint/suspicious/noThenProperty: to be awaited is what it is for
  then<Done = Result<Rows>, Failed = never>(
    onDone?: ((result: Result<Rows>) => Done | PromiseLike<Done>) | null,
    onFailed?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Done | Failed> {
    this.#running ??= this.#run(this.#toQuery()) as Promise<Result<Rows>> // the statement's author says what it returns
    return this.#running.then(onDone, onFailed)
  }

  catch<Failed = never>(
    onFailed?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Result<Rows> | Failed> {
    return this.then(undefined, onFailed)
  }

  finally(onSettled?: (() => void) | null): Promise<Result<Rows>> {
    return this.then().finally(onSettled)
  }

  #toQuery(): Query {
    const query = { text: '', values: [] }
    this.#appendTo(query)
    return query
  }

  /** Values become $1, $2, …, statements among them their text. */
  #appendTo(query: Query): void {
    for (const [index, text] of this.#strings.entries()) {
      query.text += text
      if (index >= this.#values.length) continue
      const value = this.#values[index]
      if (value instanceof Statement) value.#appendTo(query)
      else query.text += `$${query.values.push(value)}`
    }
  }
}

/** A name, or a path of names, as a part of a statement. */
export function identifier(...path: string[]): Statement<never> {
  const refuse = () => Promise.reject(new TypeError('a name alone is no statement'))
  return new Statement(refuse, [path.map(pg.escapeIdentifier).join('.')], [])
}
