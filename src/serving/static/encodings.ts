/** The forms in which a file may lie here, the smallest first. */
const known = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof known)[number]

/**
 * Which forms a reader takes by its `Accept-Encoding`, the best first: by the reader's own weights, of equal ones the smallest.
 * As it is can always be sent: whoever takes nothing of what is here gets that.
 */
export function encodingsFor(accepted: string | undefined): Encoding[] {
  const weights = weightsOf(accepted ?? '')
  const weightOf = (encoding: Encoding) =>
    weights.get(encoding) ?? (encoding === 'identity' ? 0.001 : (weights.get('*') ?? 0))
  const wanted = known.filter(encoding => encoding !== 'identity' && weightOf(encoding) > 0)
  return [...wanted.toSorted((one, other) => weightOf(other) - weightOf(one)), 'identity']
}

function weightsOf(accepted: string): Map<string, number> {
  const parts = accepted.slice(0, maxLength).split(',')
  return new Map(
    parts.map(part => {
      const [name = '', ...parameters] = part.split(';').map(piece => piece.trim().toLowerCase())
      const weight = parameters.find(parameter => parameter.startsWith('q='))
      return [name, weight === undefined ? 1 : Number(weight.slice(2)) || 0]
    }),
  )
}

const maxLength = 1000
