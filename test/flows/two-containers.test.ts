import { once } from 'node:events'
import { expect, test } from 'vitest'
import { operations } from '#contract'
import { noContainers, prilavokInContainer } from '../support/command.ts'
import { ask } from '../support/http.ts'
import { makeDataFolder } from '../support/private-postgres.ts'

type Ready = { api: string; apiKey: string; businessId: number }

const startIn = (data: string) => prilavokInContainer(['market', '--demo', '--json', '--port', '0', '--data', data])

async function send({ api, apiKey, businessId }: Ready, message: string) {
  const path = operations.sendMessageToChat.path.replace('{businessId}', `${businessId}`)
  const headers = { 'api-key': apiKey, 'content-type': 'application/json' }
  const reply = await ask(`${api}${path}?chatId=1`, { method: 'POST', headers, body: JSON.stringify({ message }) })
  return reply.status
}

async function readTexts({ api, apiKey, businessId }: Ready): Promise<string> {
  const path = operations.getChatHistory.path.replace('{businessId}', `${businessId}`)
  const headers = { 'api-key': apiKey, 'content-type': 'application/json' }
  return (await ask(`${api}${path}?chatId=1&limit=100`, { method: 'POST', headers, body: '{}' })).text
}

test('of two containers on one data folder one is refused; when the other is killed, a third takes over all that was answered', async context => {
  const reason = noContainers()
  if (reason !== undefined) context.skip(reason)
  const data = makeDataFolder()
  const first = startIn(data)
  const ready = JSON.parse(await first.firstLine()) as Ready // the documented line
  const before = [await send(ready, 'said before 1'), await send(ready, 'said before 2')]

  const refused = await startIn(data).ended
  const after = await send(ready, 'said after')
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')
  const later = JSON.parse(await startIn(data).firstLine()) as Ready // likewise

  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toMatch(/^prilavok: \S+ is in use in another container .* by process \d+ of \S+ since .*\n$/)
  expect([...before, after]).toEqual([200, 200, 200])
  const texts = await readTexts(later)
  for (const said of ['said before 1', 'said before 2', 'said after']) expect(texts).toContain(said)
}, 300_000)
