import { type PlacedIssue, type StateIssue, stateRefusals } from '#market'
import { onOneLine } from '../terminal/printable.ts'
import type { Texts } from '../texts/index.ts'

/** One line for each thing that is wrong: where in the file, which field, and what to do. */
export function describeIssues(file: string, issues: readonly PlacedIssue[], { state }: Texts): string {
  const lines = issues.map(({ line, column, issue }) => {
    return `  ${file}:${line}:${column}  ${onOneLine(issue.at)} ${inWords(issue, state)}`
  })
  return [state.doesNotFit(file, issues.length), ...lines].join('\n')
}

function inWords(issue: StateIssue, { issues, rules }: Texts['state']): string {
  switch (issue.rule) {
    case 'missing':
    case 'null':
      return issues.missing
    case 'kind':
      return issue.among ? issues.among(issue.among.join(', ')) : issues.kind
    case 'minimum':
      return issues.minimum(`${issue.bound}`)
    case 'maximum':
      return issues.maximum(`${issue.bound}`)
    case 'length':
      return issues.length(issue.min, issue.max)
    case 'items':
      return issues.items(issue.min, issue.max)
    case 'repeated':
      return issues.repeated
    default:
      return rules[issue.rule]
  }
}

/** What the market says of a state, in the reader's language; what is not known here is told as it came. */
export function translateRefusal(problem: string, { refused, rules }: Texts['state']): string {
  const kinds = Object.entries(stateRefusals)
  const [kind] = kinds.find(([, sentence]) => sentence === problem) ?? []
  return Object.entries({ ...refused, ...rules }).find(([name]) => name === (kind ?? problem))?.[1] ?? problem
}
