import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { marketSchema } from './schema.ts'

const folder = new URL('functions/', marketSchema.folder)

test('whoever changes a function raises the generation in schema.ts, and writes it down here with the new checksum', () => {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(new URL(name, folder)))

  expect({ generation: marketSchema.generation, checksum: hash.digest('hex') }).toEqual({
    generation: 7,
    checksum: 'eb61afd59634941844b3d6a362a7250001fac776b0643c99b13d693bae7c3d4d',
  })
})

test('each function has one text', () => {
  const names = readdirSync(folder).flatMap(file =>
    Array.from(
      readFileSync(new URL(file, folder), 'utf8').matchAll(/^create.* function market\.(\w+)/gm),
      ([, name]) => name,
    ),
  )

  expect(names.length).toBeGreaterThan(20)
  expect(new Set(names).size).toBe(names.length)
})
