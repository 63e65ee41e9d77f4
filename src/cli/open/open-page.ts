import { Type } from '#contract'
import { Problem } from '#kit'
import type { AdminCalls } from '../connection/admin-calls.ts'
import { type ConnectionFlags, findMarket } from '../connection/find-market.ts'
import { readRunning } from '../connection/running-file.ts'
import { print, say } from '../terminal/print.ts'
import type { Texts } from '../texts/index.ts'
import { startBrowser } from './browser.ts'
import type { Place } from './places.ts'

type OpenFlags = ConnectionFlags & { print?: true }

/** Opens a page in the browser, and prints its address for whoever has none here. */
export async function openPage(place: Place, flags: OpenFlags, texts: Texts): Promise<void> {
  const url = await addressOf[place](flags, texts)
  print(url)
  if (flags.print) return
  if (!(await startBrowser(url, process))) say(texts.open.noBrowser)
}

const addressOf: Record<Place, (flags: OpenFlags, texts: Texts) => Promise<string>> = {
  console: async (flags, texts) => {
    const { admin } = await findMarket(flags, texts)
    return `${admin.url}/console#ticket=${await makeTicket(admin)}`
  },
  docs: async (flags, texts) => `${(await findMarket(flags, texts)).admin.url}/docs`,
  desk: async ({ data }, texts) => {
    const deskUrl = (await readRunning(data, texts))?.deskUrl
    if (deskUrl === undefined) throw new Problem(texts.open.noDesk(data))
    say(texts.open.signIn)
    return deskUrl
  },
}

async function makeTicket(admin: AdminCalls): Promise<string> {
  const { ticket } = await admin.ask('POST /admin/v1/console-tickets', Type.Object({ ticket: Type.String() }))
  return ticket
}
