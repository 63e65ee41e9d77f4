import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Problem } from '#kit'
import { textsOf } from '../texts/index.ts'
import { describeProblem } from './describe-problem.ts'

const root = join(import.meta.dirname, '../..')

type Thrown = { kind: string; facts: string[] }

/** The problems that the rooms below throw; one without a kind has an empty one. */
function thrownBelow(): Thrown[] {
  const paths = globSync('{kit,database,serving,market,desk}/**/*.ts', { cwd: root }).filter(
    path => !path.includes('.test.'),
  )
  return paths.flatMap(path => {
    const [, ...problems] = readFileSync(join(root, path), 'utf8').split('new Problem(')
    return problems.map(text => {
      const [own = ''] = text.split(/\n\n|\n\}/)
      const [, kind = '', facts = ''] = /kind: '(\w+)'(?:,\s*facts: \{([^}]*)\})?/.exec(own) ?? []
      return { kind, facts: facts.split(',').map(fact => fact.split(':')[0]?.trim() ?? '') }
    })
  })
}

test('every problem of the rooms below has Russian words, which name no fact that it does not have', () => {
  const { problems } = textsOf('ru')
  const thrown = thrownBelow()
  const withoutWords = thrown.filter(({ kind, facts }) => {
    const named = Array.from(problems[kind]?.matchAll(/\{(\w+)\}/g) ?? [], match => match[1] ?? '')
    return problems[kind] === undefined || named.some(name => !facts.includes(name))
  })

  expect(thrown.length).toBeGreaterThan(15)
  expect(withoutWords).toEqual([])
  expect(Object.keys(problems).filter(known => !thrown.some(({ kind }) => kind === known))).toEqual([])
})

test("a problem is told in the reader's words if there are any, else as it was thrown", () => {
  const taken = new Problem('Port 1 on x is taken.', { kind: 'portTaken', facts: { port: 1, host: 'x' } })
  const other = new Problem('Something else.')

  expect(describeProblem(taken, textsOf('en'))).toBe('Port 1 on x is taken.')
  expect(describeProblem(taken, textsOf('ru'))).toMatch(/^Порт 1 на x занят: /)
  expect(describeProblem(other, textsOf('ru'))).toBe('Something else.')
})
