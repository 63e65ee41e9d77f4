/** One name, as the programs of shops spell it. The bodies were recorded, byte for byte but for their boundaries, save where it is said. */
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { brief, envelope, makeCall, makeForm, resultOf, send, useScene } from '../support/published-calls.ts'
import { whenOver } from '../support/run-context.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const scene = useScene(market)

const name = 'накладная № 7.png'
const percent = '%D0%BD%D0%B0%D0%BA%D0%BB%D0%B0%D0%B4%D0%BD%D0%B0%D1%8F%20%E2%84%96%207.png'
const base64 = '0L3QsNC60LvQsNC00L3QsNGPIOKEliA3LnBuZw=='
const type = 'Content-Type: image/png'

const recorded: Record<string, string[]> = {
  'aiohttp 3.14.3': [type, `Content-Disposition: form-data; name="file"; filename="${percent}"`],
  'aiohttp 3.14.3 with quote_fields=False': [type, `Content-Disposition: form-data; name="file"; filename="${name}"`],
  'requests 2.34.2 and httpx 0.28.1': [`Content-Disposition: form-data; name="file"; filename="${name}"`, type],
  'Chromium 153, a form with <input type=file>': [
    `Content-Disposition: form-data; name="file"; filename="${name}"`,
    type,
  ],
  // Not recorded: put together after the published source of System.Net.Http (.NET 8), ContentDispositionHeaderValue and
  // MultipartFormDataContent.Add(content, "file", name), which leaves a token without quotes and sets both names.
  '.NET HttpClient': [
    `Content-Disposition: form-data; name=file; filename="=?utf-8?B?${base64}?="; filename*=utf-8''${percent}`,
  ],
  // Not recorded: .NET with FileName alone, as its documentation's examples set it.
  '.NET HttpClient with FileName alone': [
    `Content-Disposition: form-data; name="file"; filename="=?utf-8?B?${base64}?="`,
  ],
  // Not recorded: urllib3 before 1.25, and so the requests of that time, after the published source of urllib3.fields.
  'urllib3 1.24': [`Content-Disposition: form-data; name="file"; filename*=utf-8''${percent}`, type],
}

const sendRecorded = (head: string[]) => {
  const call = makeCall('sendFileToChat', scene)
  const headers = { ...call.headers, 'content-type': 'multipart/form-data; boundary="6262019004e54be3"' }
  const lines = ['--6262019004e54be3', ...head, '', '\x89PNG', '--6262019004e54be3--', '']
  return send(market, { ...call, headers, body: lines.join('\r\n') })
}

async function lastName(): Promise<string | undefined> {
  const call = makeCall('getChatHistory', scene)
  const history = await send(market, { ...call, query: { chatId: `${scene.chatId}`, limit: '100' } })
  const { messages } = resultOf(history) as { messages: { payload?: { name: string }[] }[] } // the published answer
  return messages.at(-1)?.payload?.[0]?.name
}

test.each(Object.entries(recorded))('a file keeps its name when it comes from %s', async (_program, head) => {
  expect(brief(await sendRecorded(head))).toEqual({ status: 200, text: '{"status":"OK"}' })

  expect(await lastName()).toBe(name)
})

test('a file keeps its name when it comes from fetch', async () => {
  for (const sent of [name, 'a "b" % 7.png']) {
    await send(market, { ...makeCall('sendFileToChat', scene), body: makeForm(new Uint8Array([1]), sent) })

    expect(await lastName()).toBe(sent)
  }
})

test.skipIf(spawnSync('curl', ['--version']).status !== 0)(
  'a file keeps its name when it comes from curl',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'file-names-'))
    whenOver(() => void spawnSync('rm', ['-r', folder]))
    writeFileSync(join(folder, name), '\x89PNG')
    const { path, headers } = makeCall('sendFileToChat', scene)
    const key = Object.entries(headers ?? {}).flatMap(([header, value]) => ['-H', `${header}: ${value}`])
    const url = `${market.url}${path}?chatId=${scene.chatId}`

    const { stdout } = await promisify(execFile)('curl', ['-s', ...key, '-F', `file=@${name}`, url], { cwd: folder })

    expect(stdout).toBe('{"status":"OK"}')
    expect(await lastName()).toBe(name)
  },
)

test.each([
  [`filename*=UTF-8''..%2F..%2Fetc%2Fpasswd`, 'passwd'],
  [`filename*=UTF-8''a%0D%0ASet-Cookie:%20b.txt`, 'aSet-Cookie: b.txt'],
  [`filename*=UTF-8''%00%E2%80%AEgnp.exe`, 'gnp.exe'],
  [`filename="=?utf-8?B?${Buffer.from('C:\\x\\..').toString('base64')}?="`, 'file'],
  [`filename*=UTF-8''%GG; filename="b.txt"`, 'b.txt'],
  [`filename="%2e%2e%2f%2e%2e"`, '%2e%2e%2f%2e%2e'],
  [`filename="%2E%2E%2F%2E%2E"`, 'file'],
])('%s is no path and no header: %s', async (parameters, shown) => {
  const reply = await sendRecorded([`Content-Disposition: form-data; name="file"; ${parameters}`])

  expect(reply.text).toBe('{"status":"OK"}')
  expect(await lastName()).toBe(shown)
})

test('a name that cannot be read is refused, and no file is kept', async () => {
  const before = await lastName()
  const reply = await sendRecorded([`Content-Disposition: form-data; name="file"; filename*=KLINGON''%D0`])

  expect(brief(reply)).toEqual({ status: 400, text: envelope('BAD_REQUEST', 'The name of the file is not UTF-8') })
  expect(await lastName()).toBe(before)
})
