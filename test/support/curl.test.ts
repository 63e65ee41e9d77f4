import { expect, test } from 'vitest'
import { readCurl } from './curl.ts'

test('a line is read as sh and curl read it', () => {
  expect(readCurl(`curl -s -H 'Api-Key: a b' -H "X:1" -d '{"a":"Он'\\''s"}' 'http://h/p?'chatId=1\\&x`)).toEqual({
    url: 'http://h/p?chatId=1&x',
    headers: { 'api-key': 'a b', x: '1' },
    data: `{"a":"Он's"}`,
  })
  expect(readCurl(`curl -F 'file=@/tmp/Anna'\\''s photo.png' h`).form).toEqual({ file: "/tmp/Anna's photo.png" })
})

test.each([
  ['wget http://h', 'it is no line of curl'],
  ['curl -o x http://h', "curl's option -o is not known"],
  ['curl -H "Api-Key: $KEY" http://h', `sh's " is not known`],
  ['curl http://h | jq', "sh's | is not known"],
  ["curl -d 'open http://h", "sh's ' is not known"],
])('what is not known is refused: %s', (line, why) => {
  expect(() => readCurl(line)).toThrow(why)
})
