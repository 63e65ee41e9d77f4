const maxLength = 1000

/** Whether a browser asks, as it does for a page; a program that takes anything wants no page. */
export function wantsPage(accepted = ''): boolean {
  return choices(accepted).some(({ name, weight }) => name === 'text/html' && weight > 0)
}

function choices(accepted: string): { name: string; weight: number }[] {
  return accepted
    .slice(0, maxLength)
    .split(',')
    .map(part => {
      const [name = '', ...parameters] = part.split(';').map(piece => piece.trim().toLowerCase())
      const weight = parameters.find(parameter => parameter.startsWith('q='))
      return { name, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 }
    })
}
