import { expect, test } from 'vitest'
import { findCircles } from './support/circles.ts'
import { bounds, figuresOf, fileGraph, folderGraph, look, readHouse } from './support/house.ts'

const files = readHouse()
const figures = figuresOf(files)

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

/** Where a bound is passed is printed by `npm run figures -- --where`. */
test('half of the files, nine of ten, and the longest keep within their lines', () => {
  expect(figures.fileLines.median).toBeLessThanOrEqual(bounds.fileLines.median)
  expect(figures.fileLines.p90).toBeLessThanOrEqual(bounds.fileLines.p90)
  expect(files.filter(({ lines }) => lines > bounds.fileLines.max).map(({ path }) => path)).toEqual([])
})

test('half of the functions, nine of ten, and the longest keep within their lines', () => {
  expect(figures.functionLines.median).toBeLessThanOrEqual(bounds.functionLines.median)
  expect(figures.functionLines.p90).toBeLessThanOrEqual(bounds.functionLines.p90)
  const tooLong = files.flatMap(file => file.functions).filter(({ lines }) => lines > bounds.functionLines.max)
  expect(tooLong).toEqual([])
})

test('no folder has more files than one can look over', () => {
  expect(figures.largestFolder).toBeLessThanOrEqual(bounds.filesOfFolder)
})

test('no file and no folder is in a circle of imports, types included', () => {
  expect(figures.fileCircles).toEqual([])
  expect(figures.folderCircles).toEqual([])
})

test('nothing is typed as any, nothing is asserted to be there, and casts are rare', () => {
  expect(figures.holes).toEqual([])
  expect(figures.castsPerThousand).toBeLessThanOrEqual(bounds.castsPerThousand)
})

test('what is thrown says what it is: few errors are bare', () => {
  expect(figures.bareErrorShare).toBeLessThanOrEqual(bounds.bareErrorShare)
})
