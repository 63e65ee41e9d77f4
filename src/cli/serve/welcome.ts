import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { operations } from '#contract'
import { describeS3Place } from '#market'
import { dataFolderDefault } from '../connection/running-file.ts'
import { paint } from '../terminal/print.ts'
import { formatRows } from '../terminal/table.ts'
import { version } from '../terminal/version.ts'
import type { Texts } from '../texts/index.ts'
import type { Served } from './serve.ts'

const dim = (text: string) => paint('dim', text)
const strong = (text: string) => paint('bold', text)

/** What `up` tells a person: where everything is, and a first conversation to paste. */
export function welcome(served: Served, { welcome: texts }: Texts): string {
  return [
    '',
    `  ${strong(`Prilavok ${version}`)} ${texts.ready}`,
    ...waits(served, texts),
    '',
    ...formatRows(rowsOf(served, texts)).map(row => `  ${row}`),
    ...tryIt(served, texts),
    ...watch(served, texts),
    '',
    `  ${texts.stop}`,
    '',
    '',
  ].join('\n')
}

type Words = Texts['welcome']

/** What a newcomer is to do first. */
function waits({ desk }: Served, texts: Words): string[] {
  return desk ? ['', `  ${texts.waits(strong)}`, `  ${desk.link} ${dim(texts.signsIn)}`] : []
}

function rowsOf(served: Served, texts: Words): [string, string][] {
  const { running, demo, postgresFolder } = served
  const age = dim(demo?.isNew ? texts.madeNow : texts.kept)
  return [
    [texts.console, `${running.consoleUrl()} ${dim(texts.signsIn)}`],
    [texts.api, `${running.url}/v2`],
    [texts.docs, `${running.url}/docs`],
    ...(demo ? demoRows(demo, texts) : []),
    [texts.adminToken, running.adminToken],
    [texts.data, describeData(served, texts) + (postgresFolder ? ` ${age}` : '')],
  ]
}

/** Where the data really is: what a backup must hold. */
export function describeData({ dataFolder, postgresFolder, filesBucket }: Places, texts: Words): string {
  const bucket = filesBucket && describeS3Place(filesBucket)
  if (postgresFolder === undefined)
    return bucket ? texts.ownPostgresAndBucket(bucket, dataFolder) : texts.ownPostgres(dataFolder)
  const folders = postgresFolder === realpathSync(dataFolder) ? dataFolder : texts.apart(dataFolder, postgresFolder)
  return bucket ? texts.withBucket(folders, bucket) : folders
}

type Places = Pick<Served, 'dataFolder' | 'postgresFolder' | 'filesBucket'>

/** As a shell reads it back. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

type DemoOf = NonNullable<Served['demo']>

function demoRows({ businessId, businessName, apiKey, customer }: DemoOf, texts: Words): [string, string][] {
  return [
    [texts.business, `${businessId} · ${businessName}`],
    [texts.key, apiKey],
    [texts.customer, customer.name],
    [texts.customerToken, customer.token],
  ]
}

function tryIt({ running, demo, photo }: Served, texts: Words): string[] {
  if (!demo) return []
  const { businessId, apiKey, customer } = demo
  const path = (template: string) => running.url + template.replace('{businessId}', String(businessId))
  const key = `-H 'Api-Key: ${apiKey}'`
  const json = (body: string) => `-H 'Content-Type: application/json' -d '${body}'`
  const chat = `chatId=${customer.chatId}`
  const steps: [string, string][] = [
    [texts.question, `curl -s ${key} ${json('{}')} '${path(operations.getChatHistory.path)}?${chat}'`],
    [
      texts.answer,
      `curl -s ${key} ${json('{"message":"Здравствуйте! Заказ уже в пути, будет завтра."}')} '${path(operations.sendMessageToChat.path)}?${chat}'`,
    ],
    [texts.photo, `curl -s ${key} -F ${quote(`file=@${photo}`)} '${path(operations.sendFileToChat.path)}?${chat}'`],
    [
      texts.seen,
      `curl -s -H 'Authorization: Bearer ${customer.token}' '${running.url}/buyer/v1/businesses/${businessId}/chats/${customer.chatId}/messages'`,
    ],
  ]
  return [
    '',
    `  ${texts.conversation(strong)}`,
    '',
    dim(`  # ${texts.variables}`),
    `export KEY=${quote(apiKey)} PHOTO=${quote(resolve(photo))} BUYER_TOKEN=${quote(customer.token)}`,
    ...steps.flatMap(([what, line], index) => ['', dim(`  # ${index + 1}. ${what}`), line]),
  ]
}

function watch({ dataFolder }: Served, texts: Words): string[] {
  const data = dataFolder === dataFolderDefault ? '' : ` --data ${quote(resolve(dataFolder))}`
  return [
    '',
    `  ${texts.notifications(strong)}`,
    '',
    `npx prilavok listen --forward-to http://localhost:3000/notification${data}`,
    `npx prilavok trigger message.customer${data}`,
  ]
}
