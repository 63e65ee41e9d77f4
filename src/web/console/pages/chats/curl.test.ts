import { expect, test } from 'vitest'
import { curlOf, requestText } from './curl.ts'

const request = { method: 'POST', path: '/v2/x?chatId=7', body: { message: `Don't "wait"\n$HOME` } }

test('a message with quotes goes through a shell as it was typed, and the key is a variable', () => {
  expect(curlOf(request, 'http://127.0.0.1:8080')).toBe(
    [
      `curl -X POST 'http://127.0.0.1:8080/v2/x?chatId=7' \\`,
      `  -H "Api-Key: $KEY" -H 'Content-Type: application/json' \\`,
      String.raw`  -d '{"message":"Don'\''t \"wait\"\n$HOME"}'`,
    ].join('\n'),
  )
})

test('the request is shown without its key', () => {
  expect(requestText(request)).toBe(
    String.raw`POST /v2/x?chatId=7
Api-Key: ••••••••
Content-Type: application/json

{"message":"Don't \"wait\"\n$HOME"}`,
  )
})
