import { type OperationName, operations } from '#contract'

/** An answer for each operation, as JSON. */
export type Examples = Partial<Record<OperationName, string>>

type Document = { paths?: Record<string, Record<string, { responses?: Record<string, Answers> }>> }
type Answers = { content?: Record<string, { example?: unknown }> }

/** An OpenAPI document in which these answers are the examples of their operations. Throws if it lacks an operation. */
export function withExamples(json: string, examples: Examples): string {
  const document = JSON.parse(json) as Document // an OpenAPI document of our own market
  for (const [name, { path, verb }] of Object.entries(operations)) {
    const example = examples[name as OperationName] // a key of operations
    if (example === undefined) continue
    const content = document.paths?.[path]?.[verb.toLowerCase()]?.responses?.['200']?.content?.['application/json']
    if (!content) throw new Error(`the document has no answer of ${name}`)
    content.example = JSON.parse(example)
  }
  return JSON.stringify(document)
}
