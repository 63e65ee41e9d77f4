import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { deskSchema } from './schema.ts'

const folder = new URL('functions/', deskSchema.folder)

test('whoever changes a function raises the generation in schema.ts, and writes it down here with the new checksum', () => {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(new URL(name, folder)))

  expect({ generation: deskSchema.generation, checksum: hash.digest('hex') }).toEqual({
    generation: 1,
    checksum: 'accfd6321f8886654c7fb185d37e9e93a884d083f2d705f1cac4d3912ce90a7f',
  })
})

test('each function has one text', () => {
  const names = readdirSync(folder).flatMap(file =>
    Array.from(
      readFileSync(new URL(file, folder), 'utf8').matchAll(/^create.* function desk\.(\w+)/gm),
      ([, name]) => name,
    ),
  )

  expect(names.length).toBeGreaterThan(7)
  expect(new Set(names).size).toBe(names.length)
})
