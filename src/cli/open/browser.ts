import { spawn } from 'node:child_process'
import { once } from 'node:events'

type Surroundings = { platform: NodeJS.Platform; env: NodeJS.ProcessEnv }

/** What opens an address here: BROWSER, else the system's own. Undefined where nobody would see it. */
export function browserOf({ platform, env }: Surroundings): string | undefined {
  if (env['BROWSER']) return env['BROWSER']
  if (platform === 'darwin') return 'open'
  if (env['WSL_DISTRO_NAME']) return 'explorer.exe'
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? 'xdg-open' : undefined
}

/** False if there is none, or it does not start. It lives on when this process has ended. */
export async function startBrowser(url: string, surroundings: Surroundings): Promise<boolean> {
  const program = browserOf(surroundings)
  if (program === undefined) return false
  const child = spawn(program, [url], { stdio: 'ignore', detached: true })
  const isStarted = await Promise.race([
    once(child, 'spawn').then(() => true),
    once(child, 'error').then(() => false),
  ]).catch(() => false) // it is told of as an error
  child.unref()
  return isStarted
}
