import type { State } from './declaration.ts'

/** A state as a file that people read: strings quoted where YAML would read them as something else, texts of lines as blocks. */
export async function writeStateText(state: State): Promise<string> {
  const { stringify } = await import('yaml')
  return stringify(state, { lineWidth: 0, aliasDuplicateObjects: false })
}
