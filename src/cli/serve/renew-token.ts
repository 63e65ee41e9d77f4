import { Coalesce } from '#kit'
import type { RunningMarket } from '#market'
import { print, say } from '../terminal/print.ts'
import type { Texts } from '../texts/index.ts'

type Renewing = {
  /** Writes the token that is valid now where the other commands look for it. */
  announce: () => Promise<unknown>
  dataFolder: string
  isJson: boolean
}

/** When the admin token was revoked, tells the other commands and the person of the next. Programs read it from the data folder. */
export function renewToken(running: RunningMarket, { announce, dataFolder, isJson }: Renewing, { serve }: Texts): void {
  const renewing = new Coalesce(async () => {
    try {
      await announce()
    } catch (error) {
      say(`prilavok: ${error instanceof Error ? error.message : String(error)}`)
    }
    if (isJson) say(serve.tokenRenewed(dataFolder))
    else print(serve.newToken(running.adminToken, running.consoleUrl()))
  })
  running.onNewAdminToken(() => renewing.ask())
}
