import { Coalesce } from '#kit'
import type { RunningMarket } from '#market'
import { print, say } from '../terminal/print.ts'
import type { Texts } from '../texts/index.ts'

type Renewing = {
  /** Writes the token that is valid now where the other commands look for it. */
  announce: () => Promise<unknown>
  dataFolder: string
  /** Whether the next one is printed for a person. */
  isShown: boolean
}

/** When the admin token was revoked, tells the other commands and the person of the next. Programs read it from the data folder. */
export function renewToken(
  running: RunningMarket,
  { announce, dataFolder, isShown }: Renewing,
  { serve }: Texts,
): void {
  const renewing = new Coalesce(async () => {
    try {
      await announce()
    } catch (error) {
      say(`prilavok: ${error instanceof Error ? error.message : String(error)}`)
    }
    if (isShown) print(serve.newToken(running.adminToken, running.consoleUrl()))
    else say(serve.tokenRenewed(dataFolder))
  })
  running.onNewAdminToken(() => renewing.ask())
}
