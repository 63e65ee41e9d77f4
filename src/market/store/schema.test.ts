import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { marketSchema } from './schema.ts'

const folder = new URL('functions/', marketSchema.folder)

test('whoever changes a function raises the generation in schema.ts, and writes it down here with the new checksum', () => {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(new URL(name, folder)))

  expect({ generation: marketSchema.generation, checksum: hash.digest('hex') }).toEqual({
    generation: 4,
    checksum: 'ff8a51bfceb20a4a7b562b0123be5e24466be62df8fee8b38af67ac5f7ef0647',
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
