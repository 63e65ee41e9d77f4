/** Rows as their type says, with how many rows a statement has touched. */
export type Result<Rows extends readonly unknown[]> = Rows & { count: number }

export type Spelled = { text: string; values: unknown[] }
type Run = (spelled: Spelled) => Promise<Result<never[]>>

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
    this.#running ??= this.#run(this.spell({ text: '', values: [] })) as Promise<unknown> as Promise<Result<Rows>> // the query's author says what it returns
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

  /** Appends itself: values become $1, $2, …, statements among them their text. */
  spell(into: Spelled): Spelled {
    for (const [index, text] of this.#strings.entries()) {
      into.text += text
      if (index >= this.#values.length) continue
      const value = this.#values[index]
      if (value instanceof Statement) value.spell(into)
      else into.text += `$${into.values.push(value)}`
    }
    return into
  }
}
