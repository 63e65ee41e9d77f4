import { expect, test } from 'vitest'
import { checkWebhookUrl } from './webhook-url.ts'

test.each<[url: string, always: RegExp | undefined, publicOnly?: RegExp]>([
  ['https://shop.example/notification', undefined],
  ['https://shop.example./notification?key=1', undefined],
  ['https://лавка.рф/уведомления', undefined],
  ['https://8.8.8.8:443/', undefined],
  ['http://shop.example/', undefined, /over https alone/],
  ['https://shop.example:8443/', undefined, /port 443 alone/],
  ['https://shop.example:80/', undefined, /port 443 alone/],
  ['http://localhost:3000/notification', undefined, /over https alone/],
  ['https://localhost/', undefined, /private or local/],
  ['https://127.1/', undefined, /private or local/],
  ['https://[::ffff:10.0.0.1]/', undefined, /private or local/],
  ['https://shop/', undefined, /private or local/],
  ['https://shop..example/', undefined, /private or local/],
  ...[
    'a.localhost',
    'a.localdomain',
    'printer.local.',
    'metadata.internal',
    'wiki.intranet',
    'nas.lan',
    'a.home.arpa',
  ].map(
    name => [`https://${name}/`, undefined, /private or local/] as [string, undefined, RegExp], // map widens the row
  ),
  ['', /no URL/],
  ['shop.example', /no URL/],
  ['https://[::1%25lo]/', /no URL/],
  ['ftp://shop.example/', /begin with https/],
  ['https:shop.example', /begin with https/],
  ['https:///shop.example', /begin with https/],
  ['https://me@shop.example/', /name or a password/],
  ['https://:word@shop.example/', /name or a password/],
  ['https://shop.example/#part', /#/],
  ['https://shop.example/#', /#/],
  ['https://shop.example\\@127.0.0.1/', /backslash/],
  ['https://shop.example/a b', /space/],
  [' https://shop.example/', /begin with/],
  ['https://shop.example/\r\nhost: other', /control character/],
  [`https://shop.example/${'x'.repeat(2027)}`, undefined],
  [`https://shop.example/${'x'.repeat(2028)}`, /longer than 2048/],
])('%j', (url, always, publicOnly = always) => {
  const matcher = (why: RegExp | undefined) => (why ? expect.stringMatching(why) : undefined)
  expect([checkWebhookUrl(url, true), checkWebhookUrl(url, false)]).toEqual([matcher(always), matcher(publicOnly)])
})
