/** What of a migration takes something away from a program that knows nothing of it. */

type Rule = { what: string; found: (statement: string, file: string) => boolean }

const rules: readonly Rule[] = [
  { what: 'removes what an earlier program uses', found: has(/\bdrop (?!index|not null)/) },
  { what: 'removes rows', found: has(/\btruncate\b|\bdelete from\b/) },
  { what: 'renames', found: has(/\brename (to|column|constraint)\b/) },
  { what: 'changes a type', found: has(/\balter column \S+ (set data )?type\b/) },
  { what: 'demands what an earlier program does not write', found: has(/\bset not null\b/) },
  {
    what: 'demands it of rows that are there',
    found: has(/\badd (constraint|check|foreign key|unique|primary key)\b/),
  },
  { what: 'adds a column that must be written', found: addsMandatoryColumn },
  { what: 'makes unique what was not', found: makesUnique },
]

/** One line for each, with what it does and where; comments do not count. */
export function findNarrowing(text: string): string[] {
  const statements = text.split(/^---$/m).map(withoutComments)
  const file = statements.join(' ')
  return statements.flatMap(statement =>
    rules.filter(({ found }) => found(statement, file)).map(({ what }) => `${what}: ${statement.slice(0, 80)}`),
  )
}

const withoutComments = (statement: string) =>
  statement.replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' ').trim().toLowerCase()

function has(pattern: RegExp): Rule['found'] {
  return statement => pattern.test(statement)
}

/** Each clause ends at a comma outside of brackets. */
function addsMandatoryColumn(statement: string): boolean {
  const clauses = statement.replaceAll(/\([^()]*(\([^()]*\)[^()]*)*\)/g, '').split(',')
  return clauses.some(
    clause => /\badd column\b/.test(clause) && /\bnot null\b/.test(clause) && !/\bdefault\b/.test(clause),
  )
}

/** Of a table of the same migration nobody has written anything yet. */
function makesUnique(statement: string, file: string): boolean {
  const table = /\bcreate unique index .* on (?:only )?([\w.]+)/.exec(statement)?.[1]
  return table !== undefined && !file.includes(`create table ${table} `)
}
