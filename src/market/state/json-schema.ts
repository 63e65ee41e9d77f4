import type { Schema, TSchema } from '#contract'
import { State } from './declaration.ts'

/** The declaration as editors read it: with it they complete names, and underline what a market would refuse. */
export function stateJsonSchema(): object {
  const title = 'A state of Prilavok'
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...closed(State), title }
}

/** Nothing but what is declared: a misspelt name is no other field. */
function closed(declared: TSchema): object {
  const { title: _, items, properties, ...schema }: Schema = declared
  if (items) return { ...schema, items: closed(items) }
  if (!properties) return schema
  const inner = Object.entries(properties).map(([name, property]) => [name, closed(property)])
  return { ...schema, properties: Object.fromEntries(inner), additionalProperties: false }
}
