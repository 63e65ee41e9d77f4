import type { Chat, Message } from '#client'
import type { Readable } from './readable.ts'
import { safePath } from './safe-name.ts'

// Without it Excel reads Cyrillic as something else.
const byteOrderMark = '\ufeff'

/** What a terminal that shows the file would obey, and what no spreadsheet shows. */
const control = /(?![\t\n])\p{Cc}/gu

const chatColumns = [
  'chatId',
  'type',
  'status',
  'context',
  'orderId',
  'returnId',
  'campaignId',
  'buyer',
  'createdAt',
  'updatedAt',
]
const messageColumns = ['chatId', 'messageId', 'createdAt', 'sender', 'text', 'files']

/** RFC 4180 with a heading, by ascending id. */
export async function* chatRows({ chats }: Readable): AsyncGenerator<string> {
  yield byteOrderMark + serializeRow(chatColumns)
  for await (const { chat } of chats()) yield serializeRow(chatCells(chat))
}

export async function* messageRows({ chats }: Readable): AsyncGenerator<string> {
  yield byteOrderMark + serializeRow(messageColumns)
  for await (const { chat, messages, there } of chats()) {
    for (const message of messages) yield serializeRow(messageCells(chat.chatId, message, there))
  }
}

function chatCells({ chatId, type, status, context, createdAt, updatedAt }: Chat): string[] {
  const ids = [context.orderId, context.returnId, context.campaignId].map(id => (id === undefined ? '' : `${id}`))
  const buyer = context.customer?.name ?? context.customer?.publicId ?? ''
  return [`${chatId}`, type, status, context.type, ...ids, buyer, createdAt.toISOString(), updatedAt.toISOString()]
}

function messageCells(chatId: bigint, message: Message, there: ReadonlySet<string>): string[] {
  const { messageId, createdAt, sender, text = '', files = [] } = message
  const paths = files.map(({ name }, index) => safePath(chatId, messageId, { index, name }))
  return [
    `${chatId}`,
    `${messageId}`,
    createdAt.toISOString(),
    sender,
    text,
    paths.filter(path => there.has(path)).join(' '),
  ]
}

export function serializeRow(cells: readonly string[]): string {
  return `${cells.map(serializeCell).join(',')}\r\n`
}

/**
 * Spreadsheets obey a cell that begins like a formula: an apostrophe makes it a text. Where their separator is another than ours
 * (a semicolon where decimals have a comma, a tab) cells begin inside of it, too.
 */
function serializeCell(cell: string): string {
  const clean = cell.replaceAll(/\r\n?/g, '\n').replaceAll(control, '\ufffd')
  const inside = clean.replaceAll(/([;,\t\n]["\s]*)(?=[=+\-@＝＋－＠])/g, "$1'")
  const harmless = inside.replace(/^(?=\s*[=+\-@＝＋－＠]|[\t\n])/, "'")
  return /[",;\t\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
