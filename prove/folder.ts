import { once } from 'node:events'
import { operations } from '#contract'
import { noContainers, prilavokInContainer } from '../test/support/command.ts'
import { makeDataFolder } from '../test/support/private-postgres.ts'
import type { Proof } from './proof.ts'
import { type Answer, request } from './world/shop.ts'

const rounds = { quick: 1, full: 100 }

/** Two containers on one data folder, as in a rolling update: the second is refused; when the first is killed, the next takes over. */
export const folder: Proof = {
  promise: 'A data folder is one market’s at a time, across containers too, and keeps all that was answered',
  async prove({ size, say }) {
    const reason = noContainers()
    if (reason !== undefined) return { figures: `not tried: ${reason}`, broken: [] }
    const data = makeDataFolder()
    const said: string[] = []
    const broken: string[] = []
    let market = await start(data)
    for (let round = 0; round < rounds[size]; round++) {
      const tell = async () => {
        const text = `said ${said.length}`
        if ((await send(market.ready, text))?.status === 200) said.push(text)
        else broken.push(`“${text}” was not answered with OK`)
      }
      await tell()
      const second = await startIn(data).ended
      if (second.code !== 1 || !second.err.includes('is in use in another container'))
        broken.push(`a second market was not refused: ${second.code} ${second.err}`)
      await tell()
      market.child.kill('SIGKILL')
      await once(market.child, 'exit')
      market = await start(data)
      say(`${round + 1} of ${rounds[size]} killed …`)
    }
    const texts = (await readTexts(market.ready))?.text ?? ''
    broken.push(...said.filter(text => !texts.includes(`"${text}"`)).map(text => `“${text}” is lost`))
    return { figures: `${rounds[size]} refused, ${rounds[size]} killed, ${said.length} answered and there`, broken }
  },
}

type Ready = { api: string; apiKey: string; businessId: number }

const startIn = (data: string) => prilavokInContainer(['market', '--demo', '--json', '--port', '0', '--data', data])

async function start(data: string) {
  const running = startIn(data)
  const ready: Ready = JSON.parse(await running.firstLine())
  return { child: running.child, ready }
}

const send = (ready: Ready, message: string) => call(ready, 'sendMessageToChat', JSON.stringify({ message }))
const readTexts = (ready: Ready) => call(ready, 'getChatHistory', '{}')

function call(
  { api, apiKey, businessId }: Ready,
  name: 'sendMessageToChat' | 'getChatHistory',
  body: string,
): Promise<Answer | undefined> {
  const path = operations[name].path.replace('{businessId}', `${businessId}`)
  const headers = { 'api-key': apiKey, 'content-type': 'application/json' }
  return request(`${api}${path}?chatId=1`, { method: 'POST', headers, body })
}
