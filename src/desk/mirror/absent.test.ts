import { expect, test } from 'vitest'
import { absentIn } from './absent.ts'

test.each([
  ['what the last page does not have does not exist', [5n, 7n, 90n], { ids: [5n, 6n], isLast: true }, [7n, 90n]],
  ['what lies beyond a page that is not the last is not known yet', [5n, 90n], { ids: [6n, 8n], isLast: false }, [5n]],
  ['an empty history has none', [5n], { ids: [], isLast: true }, [5n]],
] as const)('%s', (_title, told, page, absent) => {
  expect(absentIn(told, page)).toEqual(absent)
})
