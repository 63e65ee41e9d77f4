import { resolve } from 'node:path'
import { styleText } from 'node:util'
import { operations } from '#contract'
import { dataDefault } from '../terminal/flags.ts'
import { version } from '../terminal/version.ts'
import type { Served } from './serve.ts'

const labelWidth = 14
const dim = (text: string) => styleText('dim', text, { stream: process.stdout })
const strong = (text: string) => styleText('bold', text, { stream: process.stdout })

/** What `up` tells a person: where everything is, and a first conversation to paste. */
export function welcome(served: Served): string {
  const { running, demo, dataFolder, isPrivate } = served
  const rows: [string, string][] = [
    ['Console', `${running.consoleUrl()} ${dim('(signs in once)')}`],
    ["Shop's API", `${running.url}/v2`],
    ['Docs', `${running.url}/docs`],
    ...(demo ? demoRows(demo) : []),
    ['Admin token', running.adminToken],
    [
      'Data',
      isPrivate ? `${dataFolder} ${dim(demo?.isNew ? '(made now)' : '(kept from before)')}` : 'in your PostgreSQL',
    ],
  ]
  const table = rows.map(([label, value]) => `  ${label.padEnd(labelWidth)}${value}`)
  return [
    '',
    `  ${strong(`Prilavok ${version}`)} is ready.`,
    '',
    ...table,
    ...tryIt(served),
    ...watch(served),
    '',
    '  Ctrl-C stops everything.',
    '',
  ]
    .join('\n')
    .concat('\n')
}

/** As a shell reads it back. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

type DemoOf = NonNullable<Served['demo']>

function demoRows({ businessId, businessName, apiKey, buyer }: DemoOf): [string, string][] {
  return [
    ['Cabinet', `${businessId} · ${businessName}`],
    ['Api-Key', apiKey],
    ['Buyer', buyer.name],
    ['Buyer token', buyer.token],
  ]
}

function tryIt({ running, demo, photo }: Served): string[] {
  if (!demo) return []
  const { businessId, apiKey, buyer } = demo
  const path = (template: string) => running.url + template.replace('{businessId}', String(businessId))
  const key = `-H 'Api-Key: ${apiKey}'`
  const json = (body: string) => `-H 'Content-Type: application/json' -d '${body}'`
  const chat = `chatId=${buyer.chatId}`
  const steps: [string, string][] = [
    ["the buyer's question", `curl -s ${key} ${json('{}')} '${path(operations.getChatHistory.path)}?${chat}'`],
    [
      'your answer',
      `curl -s ${key} ${json('{"message":"Здравствуйте! Заказ уже в пути, будет завтра."}')} '${path(operations.sendMessageToChat.path)}?${chat}'`,
    ],
    ['a photo', `curl -s ${key} -F ${quote(`file=@${photo}`)} '${path(operations.sendFileToChat.path)}?${chat}'`],
    [
      'what the buyer sees',
      `curl -s -H 'Authorization: Bearer ${buyer.token}' '${running.url}/buyer/v1/businesses/${businessId}/chats/${buyer.chatId}/messages'`,
    ],
  ]
  return [
    '',
    `  ${strong('A first conversation')}, to paste in another terminal:`,
    ...steps.flatMap(([what, line], index) => ['', dim(`  # ${index + 1}. ${what}`), line]),
  ]
}

function watch({ dataFolder }: Served): string[] {
  const data = dataFolder === dataDefault ? '' : ` --data ${quote(resolve(dataFolder))}`
  return [
    '',
    `  ${strong('Notifications')}, to watch in another terminal and to provoke:`,
    '',
    `npx prilavok listen --forward-to http://localhost:3000/notification${data}`,
    `npx prilavok trigger message.customer${data}`,
  ]
}
