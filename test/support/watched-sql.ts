import type { Sql } from '../../src/database/connect.ts'

type Done = (rows: readonly unknown[]) => unknown
type Failed = (error: unknown) => unknown

/** The real database, of which a test sees how it is asked, and can keep questions waiting. */
export function watchSql(sql: Sql) {
  const seen = { asked: 0, atOnce: 0, mostAtOnce: 0, mostRows: 0 }
  let gate = Promise.withResolvers<void>()
  gate.resolve()
  const ask = async (run: () => PromiseLike<readonly unknown[]>) => {
    seen.asked++
    seen.mostAtOnce = Math.max(seen.mostAtOnce, ++seen.atOnce)
    try {
      await gate.promise
      const rows = await run()
      seen.mostRows = Math.max(seen.mostRows, rows.length)
      return rows
    } finally {
      seen.atOnce--
    }
  }
  // A statement runs when it is awaited; one that is a part of another never is.
  const watched = (strings: TemplateStringsArray, ...values: unknown[]) => {
    const statement = sql(strings, ...values)
    const run = statement.then.bind(statement)
    // biome-ignore lint/suspicious/noThenProperty: it stands for the statement's own
    return Object.assign(statement, { then: (done: Done, failed: Failed) => ask(() => run()).then(done, failed) })
  }
  return {
    sql: Object.assign(watched, sql) as unknown as Sql, // it answers as the real one
    seen,
    hold: () => {
      gate = Promise.withResolvers()
    },
    letGo: () => gate.resolve(),
  }
}
