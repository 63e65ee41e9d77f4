import { expect, test } from 'vitest'
import { parseStat, sumOfTree } from './cpu.ts'

test('what a process and its ended children took is read behind whatever it calls itself', () => {
  const text = '4711 (postgres: a) b (c) S 4700 4711 4711 0 -1 4194304 900 0 1 0 150 50 7 3 20 0 1 0 88 2000 300'

  expect(parseStat(text)).toEqual({ pid: 4711, parent: 4700, cpuMs: 2_100 })
})

test('a process takes what its children and theirs take, and nobody else', () => {
  const of = (pid: number, parent: number, cpuMs: number) => ({ pid, parent, cpuMs })
  const processes = [of(1, 0, 1_000), of(10, 1, 5), of(11, 10, 20), of(12, 11, 300), of(13, 1, 4_000)]

  expect(sumOfTree(processes, 10)).toBe(325)
  expect(sumOfTree(processes, 99)).toBe(0)
})
