import { connect, type Sql } from '../../src/database/connect.ts'
import { type Query, Statement } from '../../src/database/statement.ts'
import type { SimProcess } from './sim-process.ts'

/**
 * The market's SQL asks PostgreSQL for the time where leases are concerned. In this database it gets the world's: the schema
 * stands before PostgreSQL's own in the search path. Each statement of a lease brings its moment along with the owner.
 */
const schema = `
create schema sim;
create function sim.clock_timestamp() returns timestamptz language sql volatile
return current_setting('sim.now')::timestamptz;
create function sim.at(p_now text, p_owner uuid) returns uuid language plpgsql volatile as $$
begin
  perform set_config('sim.now', p_now, false);
  return p_owner;
end $$;
do $$ begin
  execute format('alter database %I set search_path = sim, pg_catalog', current_database());
end $$`

const ownerType = '::uuid'

export type Latency = { minMs: number; maxMs: number }

/** A real PostgreSQL to which statements go one at a time, each at its moment of virtual time. */
export class SimDatabase {
  /** For the simulation itself, at no virtual moment. */
  readonly sql: Sql
  #statements = 0
  readonly #forms = new Map<string, Form>()

  private constructor(sql: Sql) {
    this.sql = sql
  }

  static async open(url: string): Promise<SimDatabase> {
    const setUp = connect(url, { max: 1, name: 'sim' })
    await setUp.unsafe(schema)
    await setUp.end()
    return new SimDatabase(connect(url, { max: 1, name: 'sim' }))
  }

  get statements(): number {
    return this.#statements
  }

  /** How a process reaches it. A statement takes a while to come there and a while to be answered; the process may end in between. */
  sqlFor(process: () => SimProcess, latency: () => Latency, onStatement: (process: SimProcess) => void): Sql {
    const run = async (query: Query) => {
      const own = process()
      const { minMs, maxMs } = latency()
      const travel = () => own.wait(own.chance.between(minMs, maxMs), { kind: 'step' })
      await travel()
      onStatement(own)
      const result = await own.time.during(this.#execute(query, own.time.nowMs))
      await travel()
      return result
    }
    const { begin, whileWanted, unsafe, listen, end } = this.sql
    const queries = <Rows extends readonly unknown[]>(strings: TemplateStringsArray, ...values: unknown[]) =>
      new Statement<Rows>(run, strings, values)
    // A transaction of several statements is one step; hints to other processes go another way.
    return Object.assign(queries, { unsafe, listen, end, begin, whileWanted, notify: async () => {} })
  }

  #execute({ text, values }: Query, nowMs: number): Promise<unknown> {
    this.#statements++
    const { strings, ownerAt } = this.#formOf(text)
    if (ownerAt < 0) return this.sql(strings, ...values)
    return this.sql(strings, ...values.toSpliced(ownerAt, 0, new Date(nowMs).toISOString()))
  }

  #formOf(text: string): Form {
    const form = this.#forms.get(text) ?? makeForm(text)
    this.#forms.set(text, form)
    return form
  }
}

/** A statement between its parameters, which stand in it in their order; and which of them is the owner of leases. */
type Form = { strings: TemplateStringsArray; ownerAt: number }

function makeForm(text: string): Form {
  const parts = text.split(/\$\d+/)
  const ownerAt = parts.findIndex((part, index) => index > 0 && part.startsWith(ownerType)) - 1
  const after = parts[ownerAt + 1]
  if (ownerAt >= 0 && after !== undefined) {
    parts[ownerAt] += 'sim.at('
    parts.splice(ownerAt + 1, 1, ', ', `${ownerType})${after.slice(ownerType.length)}`)
  }
  return { strings: Object.assign(parts, { raw: parts }), ownerAt: Math.max(ownerAt, -1) }
}
