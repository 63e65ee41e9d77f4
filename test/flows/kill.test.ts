import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ForkedMarket, forkMarket } from '../support/forked-market.ts'
import {
  makeCall,
  makeForm,
  makeScene,
  type PublishedCall,
  resultOf,
  type Scene,
  send,
} from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

// The market that is killed runs in a process of its own; this one, on the same data, shows what was kept.
const market = useMarket()

test('a market that is killed in the middle of its work has kept everything that it answered for', async () => {
  // After how many answers it dies: by chance, told by fast-check when it fails.
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 150 }), async answers => {
      const scene = await makeScene(market)
      const child = await forkMarket(market)
      const kept = await workUntilKilled(scene, child, answers)

      const { texts, files } = await readBack(scene)

      expect(kept.texts.filter(text => !texts.has(text))).toEqual([])
      expect(kept.files.filter(file => !files.has(file))).toEqual([])
      expect(kept.texts.length + kept.files.length).toBeGreaterThanOrEqual(answers)
    }),
    { numRuns: 4 },
  )
})

/** Six write, three send files, each again as soon as he is answered; returns what was answered with OK. */
async function workUntilKilled(scene: Scene, child: ForkedMarket, answers: number) {
  const kept = { texts: [] as string[], files: [] as string[] }
  let isDead = false
  const noteAnswer = () => {
    if (isDead || kept.texts.length + kept.files.length < answers) return
    isDead = true
    child.process.kill('SIGKILL')
  }
  const work = async (make: () => { call: PublishedCall; note(): void }) => {
    while (!isDead) {
      const { call, note } = make()
      const reply = await send(child, call).catch(() => undefined) // it was killed in the middle
      if (reply?.text !== '{"status":"OK"}') continue
      note()
      noteAnswer()
    }
  }
  const gone = once(child.process, 'exit')
  const write = () => {
    const message = randomBytes(8).toString('hex')
    return {
      call: { ...makeCall('sendMessageToChat', scene), json: { message } },
      note: () => kept.texts.push(message),
    }
  }
  const upload = () => {
    const bytes = new Uint8Array(randomBytes(100_000))
    return {
      call: { ...makeCall('sendFileToChat', scene), body: makeForm(bytes) },
      note: () => kept.files.push(sha256(bytes)),
    }
  }
  await Promise.all([...Array.from({ length: 6 }, () => work(write)), ...Array.from({ length: 3 }, () => work(upload))])
  await gone
  return kept
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function readBack(scene: Scene): Promise<{ texts: Set<string>; files: Set<string> }> {
  const texts = new Set<string>()
  const files = new Set<string>()
  let query: Record<string, string> | undefined = { chatId: `${scene.chatId}`, limit: '100' }
  while (query) {
    const { messages, paging } = resultOf(
      await send(market, { ...makeCall('getChatHistory', scene), query }),
    ) as History
    for (const { message, payload } of messages) {
      if (message !== undefined) texts.add(message)
      for (const { url, size } of payload ?? []) {
        const bytes = new Uint8Array(await (await fetch(url, { headers: { 'api-key': scene.token } })).arrayBuffer())
        expect(bytes.length).toBe(size)
        files.add(sha256(bytes))
      }
    }
    query = paging.nextPageToken === undefined ? undefined : { ...query, pageToken: paging.nextPageToken }
  }
  return { texts, files }
}

/** The published answer. */
type History = {
  messages: { message?: string; payload?: { url: string; size: number }[] }[]
  paging: { nextPageToken?: string }
}
