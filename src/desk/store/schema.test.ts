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
    checksum: '4d485ff14838762388b803e92c088a51524b855c27f73fd91186d351ed94a591',
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
