/** A worker (Cloudflare, Deno, Bun) that passes on to the team's chat what buyers write. */
import { createReceiver, MarketClient, type Receive } from '@prilavok/client'

type Env = { API_KEY: string; BUSINESS_ID: string; MARKET_URL?: string; WEBHOOK_SECRET: string; TEAM_URL: string }
/** Of Cloudflare. Others keep the worker alive by themselves. */
type Context = { waitUntil?: (work: Promise<unknown>) => void }

// One for all requests: it remembers which notifications it has seen.
let receive: Receive | undefined

export default {
  fetch(request: Request, env: Env, context?: Context): Promise<Response> {
    receive ??= makeReceive(env)
    // A handler may go on after the answer, which is given within a second: the worker is to live until it is done.
    return receive(request, { waitUntil: work => context?.waitUntil?.(work) })
  },
}

function makeReceive({ API_KEY: apiKey, BUSINESS_ID: businessId, MARKET_URL: baseUrl, ...env }: Env): Receive {
  const market = new MarketClient({ apiKey, businessId, baseUrl })
  return createReceiver({
    name: 'Team chat',
    verify: { secrets: env.WEBHOOK_SECRET },
    async onMessage({ chatId, messageId }) {
      const { sender, text = 'a file' } = await market.messages.get(chatId, messageId)
      if (sender !== 'CUSTOMER') return
      const body = JSON.stringify({ text: `Chat ${chatId}: ${text}` })
      await fetch(env.TEAM_URL, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    },
  })
}
