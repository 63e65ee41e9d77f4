import { formsOf } from '../secrets.ts'
import { buyersText, type Scene } from './scene.ts'

/** The words of a buyer stand in messages, and in what the query log keeps of requests and answers. */
const tablesOfWords = ['messages', 'requests']

/** Reads every row of every table as text. Tells which secret stands where. */
export async function scanDatabase({
  sql,
  secrets,
}: Pick<Scene, 'sql' | 'secrets'>): Promise<{ rows: number; found: string[] }> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'market' and table_type = 'BASE TABLE'`
  let rows = 0
  const found: string[] = []
  for (const { name } of tables) {
    const { rows: texts } = (await sql.unsafe(`select t::text as text from market.${name} t`)) as {
      rows: { text: string }[]
    } // by its text
    rows += texts.length
    for (const [secret, value] of Object.entries(secrets)) {
      if (secret === buyersText && tablesOfWords.includes(name)) continue
      const holder = texts.find(({ text }) => formsOf(value).some(form => text.includes(form)))
      if (holder) found.push(`table ${name} holds ${secret}: ${holder.text.slice(0, 300)}`)
    }
  }
  return { rows, found }
}
