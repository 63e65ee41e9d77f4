import type { Result } from './prove-one.ts'

/** One line if the promise held; else every way in which it did not, and how to see it again. */
export function formatResult({ name, size, seed, seconds, figures, broken }: Result): string {
  const head = `${broken.length === 0 ? 'held  ' : 'BROKEN'}  ${name.padEnd(10)} ${`${seconds.toFixed(1)} s`.padStart(8)}  ${figures}`
  if (broken.length === 0) return head
  const shown = broken.slice(0, 20).map(line => `        - ${line}`)
  const more = broken.length > shown.length ? [`        … and ${broken.length - shown.length} more`] : []
  return [head, ...shown, ...more, `        Again: npm run prove:${name} -- --${size} --seed ${seed}`].join('\n')
}
