import { expect, test } from 'vitest'
import { slowestOf } from './slowest-files.ts'

const files = Array.from({ length: 12 }, (_file, index) => ({ path: `${index}.test.ts`, ms: index * 1_000 }))

test('a run within its bound says nothing', () => {
  expect(slowestOf(files, 270_000)).toEqual([])
})

test('a run that took longer names its ten slowest files, the slowest first', () => {
  const [head, ...lines] = slowestOf(files, 270_001)

  expect(head).toContain('took 270.0 s')
  expect(lines).toHaveLength(10)
  expect(lines[0]).toBe('  11.0 s  11.test.ts')
  expect(lines[9]).toBe('   2.0 s  2.test.ts')
})
