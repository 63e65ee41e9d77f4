/** Why a value does not fit its schema, and where. */
export type Issue =
  | { rule: 'missing'; at: string }
  | { rule: 'null'; at: string }
  /** `among`: the words of which it is none. */
  | { rule: 'kind'; at: string; among?: readonly unknown[] }
  | { rule: 'minimum' | 'maximum'; at: string; bound: number | bigint; rejected: string }
  | { rule: 'length'; at: string; min: number; max: number; isEmpty: boolean }
  | { rule: 'items'; at: string; min: number; max: number }
  | { rule: 'repeated'; at: string }

/** The published sentence for an issue in a body. Rejected texts are not repeated: they may be a customer's. */
export function describeIssue(issue: Issue): string {
  const { at } = issue
  switch (issue.rule) {
    case 'missing':
    case 'null':
      return `${at} must not be null (rejected value: null)`
    case 'kind':
      return `Illegal input at ${at}`
    case 'minimum':
      return `${at} must be greater than or equal to ${issue.bound} (rejected value: ${issue.rejected})`
    case 'maximum':
      return `${at} must be less than or equal to ${issue.bound} (rejected value: ${issue.rejected})`
    case 'length':
      return `${at} size must be between ${issue.min} and ${issue.max} (rejected value: ${issue.isEmpty ? '' : '…'})`
    case 'items':
      return `${at} size must be between ${issue.min} and ${issue.max} (rejected value: [])`
    case 'repeated':
      return `${at} must only contain unique elements (rejected value: [...])`
  }
}
