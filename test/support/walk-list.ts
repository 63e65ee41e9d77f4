type Asked<Position> = { before: Position | undefined; limit: number; maxLooked: number }
type Walk<Row extends Position, Position> = {
  limit: number
  maxLooked: number
  read(asked: Asked<Position>): Promise<{ rows: Row[]; end: Position | undefined }>
}

const maxPages = 2_000

/** Everything that a list has, page by page, as an API walks it. Fails if that does not end. */
export async function walkList<Row extends Position, Position>({ read, ...page }: Walk<Row, Position>): Promise<Row[]> {
  const found: Row[] = []
  let before: Position | undefined
  for (let pages = 0; pages < maxPages; pages++) {
    const { rows, end } = await read({ ...page, before })
    found.push(...rows)
    before = rows.length === page.limit ? rows.at(-1) : end
    if (before === undefined) return found
  }
  throw new Error(`a list did not end within ${maxPages} pages`)
}
