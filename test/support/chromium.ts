import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'

const unpackChromium = join(import.meta.dirname, '../../scripts/unpack-chromium.mjs')
const systemChromiums = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The Chromium that CHROMIUM names, else one of the system, else the one that comes from npm. */
export function launchChromium(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? systemChromiums.find(path => existsSync(path))
  const found = executablePath === undefined ? chromiumOfNpm() : { executablePath }
  return chromium.launch({ ...found, args: ['--no-sandbox', '--force-color-profile=srgb'] })
}

/** With its own fonts and libraries: the machine may have none. */
function chromiumOfNpm(): LaunchOptions {
  const platform = `${process.platform}-${process.arch}`
  if (platform !== 'linux-x64') {
    throw new Error(
      `npm has no Chromium for ${platform}: install Chromium or Google Chrome, or set CHROMIUM=/path/to/it`,
    )
  }
  const home = execFileSync(process.execPath, [unpackChromium], { encoding: 'utf8' }).trim()
  const env = { FONTCONFIG_FILE: join(home, 'fonts.conf'), LD_LIBRARY_PATH: join(home, 'al2023/lib') }
  return { executablePath: join(home, 'chromium'), env: { ...process.env, ...env } }
}
