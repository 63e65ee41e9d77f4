// Unpacks the Chromium that comes from npm, unless it is there, and prints its folder: chromium, fonts.conf, al2023/lib.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import chromium from '@sparticuz/chromium'
import { takeTurn } from './in-turn.mjs'

const modules = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules')
const { version } = JSON.parse(readFileSync(join(modules, '@sparticuz/chromium/package.json'), 'utf8'))
const home = join(modules, '.cache', `chromium-${version}`)

if (!existsSync(home)) await unpackAlone()
console.log(home)

async function unpackAlone() {
  mkdirSync(dirname(home), { recursive: true })
  takeTurn(`${home}.unpacking`)
  if (existsSync(home)) return
  const draft = mkdtempSync(`${home}.`)
  process.once('exit', () => rmSync(draft, { recursive: true, force: true }))
  await unpack(draft)
  putInPlace(draft)
}

/** The package unpacks to the folder for temporary files, and the libraries that Chromium needs only where it finds itself in a Lambda. */
async function unpack(folder) {
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' })
  await chromium.executablePath()
  writeFileSync(join(folder, 'fonts.conf'), '<fontconfig><dir prefix="relative">fonts</dir></fontconfig>\n')
}

function putInPlace(draft) {
  try {
    renameSync(draft, home)
  } catch (error) {
    if (!existsSync(home)) throw error
  }
}
