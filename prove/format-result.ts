import type { Result } from './prove-one.ts'

/** One line if the promise held; else every way in which it did not, and how to see it again. */
export function formatResult({ name, size, seed, seconds, figures, broken, story = [], again }: Result): string {
  const head = `${broken.length === 0 ? 'held  ' : 'BROKEN'}  ${name.padEnd(10)} ${`${seconds.toFixed(1)} s`.padStart(8)}  ${figures}`
  if (broken.length === 0) return head
  const indent = (line: string) => `        ${line}`
  const shown = broken.slice(0, 20).map(line => indent(`- ${line}`))
  const more = broken.length > shown.length ? [indent(`… and ${broken.length - shown.length} more`)] : []
  const command = `npm run prove:${name} -- ${again ?? `--${size} --seed ${seed}`}`
  return [head, ...shown, ...more, ...story.map(indent), indent(`Again: ${command}`)].join('\n')
}
