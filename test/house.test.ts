import { expect, test } from 'vitest'
import { findCircles } from './support/circles.ts'
import { fileGraph, folderGraph, look, readHouse } from './support/house.ts'

const files = readHouse()

test('what makes code hard to trust is found by its syntax', () => {
  const { casts, holes, throws, bareErrors, functions, names } = look(
    'x.ts',
    `import { a } from './a.ts'
     const list = ['as const'] as const // not a cast
     function first(value: any) {
       if (!value) throw new Error('bare')
       throw new Problem(value! as string)
     }
     const one = () => 1`,
  )

  expect([casts, holes, bareErrors]).toEqual([['x.ts:5'], ['x.ts:3', 'x.ts:5'], ['x.ts:4']])
  expect([throws, names]).toEqual([2, ['./a.ts']])
  expect(functions).toEqual([{ at: 'x.ts:3', lines: 4 }])
})

test('a circle is found, and only what is in it', () => {
  const graph = new Map([
    ['a', new Set(['b'])],
    ['b', new Set(['c', 'd'])],
    ['c', new Set(['a'])],
    ['d', new Set<string>()],
  ])
  expect(findCircles(graph)).toEqual([['a', 'b', 'c']])
})

test('the graphs know who imports whom', () => {
  expect(fileGraph(files).get('src/cli/main.ts')?.size).toBeGreaterThan(0)
  expect(folderGraph(files).get('src/cli')).toContain('src/kit/index.ts')
})
