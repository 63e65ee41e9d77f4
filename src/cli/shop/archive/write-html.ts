import type { Chat, ChatFile, Message } from '#client'
import { dayOf, timeOfDay } from '../../terminal/format-time.ts'
import { formatBytes } from '../../terminal/format-units.ts'
import { printable } from '../../terminal/printable.ts'
import type { Texts } from '../../texts/index.ts'
import { aboutOf, buyerOf, isBuyers, isOurs, senderOf, stateOf } from '../chats/describe-chat.ts'
import { pageStyle } from './page-style.ts'
import type { Readable, ReadableChat } from './readable.ts'
import { isPicture, safePath } from './safe-name.ts'

/** One page with all chats: no script, nothing from elsewhere but the files beside it. */
export async function* page(readable: Readable): AsyncGenerator<string> {
  const { texts, businessId } = readable
  const heads: Chat[] = []
  for await (const { chat } of readable.chats()) heads.push(chat)
  heads.sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime() || (a.chatId < b.chatId ? 1 : -1))
  const title = texts.page.title(`${businessId}`)
  yield `<!doctype html>
<html lang="${texts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header id="top"><h1>${escapeHtml(title)}</h1><p>${texts.count.chats(heads.length)}</p></header>
<nav><table>
${headRow(texts)}
<tbody>
`
  for (const chat of heads) yield listRow(chat, texts)
  yield '</tbody></table></nav>\n<main>\n'
  for await (const chat of readable.chats()) yield section(chat, texts)
  yield '</main>\n</body>\n</html>\n'
}

function headRow({ chats: { columns } }: Texts): string {
  const titles = [columns.chat, columns.about, columns.buyer, columns.status, columns.updated]
  return `<thead><tr>${titles.map(title => `<th scope="col">${escapeHtml(title)}</th>`).join('')}</tr></thead>`
}

function listRow(chat: Chat, texts: Texts): string {
  const cells = [
    aboutOf(chat.context, texts),
    buyerOf(chat.context),
    stateOf(chat, texts),
    momentOf(chat.updatedAt, texts),
  ]
  const rest = cells.map(cell => `<td>${escapeHtml(cell)}</td>`).join('')
  return `<tr><td><a href="#chat-${chat.chatId}">${chat.chatId}</a></td>${rest}</tr>\n`
}

function section({ chat, messages, there }: ReadableChat, texts: Texts): string {
  const head = [texts.watch.chat(chat.chatId), aboutOf(chat.context, texts), buyerOf(chat.context)].filter(Boolean)
  const days = messages.map(({ createdAt }) => dayOf(createdAt, texts.language))
  const items = messages.map((message, i) => {
    const day = days[i] === days[i - 1] ? '' : `<p class="day">${days[i]}</p>\n`
    return day + article(message, { chat, there, texts })
  })
  return `<section id="chat-${chat.chatId}">
<h2>${escapeHtml(head.join(' · '))}</h2>
<p>${escapeHtml(stateOf(chat, texts))} · <a href="#top">${escapeHtml(texts.page.back)}</a></p>
${items.join('')}</section>
`
}

type Around = { chat: Chat; there: ReadonlySet<string>; texts: Texts }

function article(message: Message, { chat, there, texts }: Around): string {
  const side = isOurs(message.sender) ? 'ours' : isBuyers(message.sender) ? 'buyer' : 'other'
  const text = message.text === undefined ? '' : `<p dir="auto">${escapeHtml(printable(message.text))}</p>`
  const files = (message.files ?? []).map((file, index) => {
    const path = safePath(chat.chatId, message.messageId, { index, name: file.name })
    return fileItem(file, there.has(path) ? path : undefined, texts)
  })
  const body = text + files.join('') || `<p><em>${escapeHtml(texts.history.sticker)}</em></p>`
  const time = `<time datetime="${message.createdAt.toISOString()}">${timeOfDay(message.createdAt)}</time>`
  return `<article class="${side}"><h3>${escapeHtml(senderOf(message.sender, chat, texts))} ${time}</h3>${body}</article>\n`
}

function fileItem({ name, sizeBytes }: ChatFile, path: string | undefined, texts: Texts): string {
  const label = escapeHtml(`${printable(name)}, ${formatBytes(sizeBytes, texts.language)}`)
  if (path === undefined) return `<p><em>${label}: ${escapeHtml(texts.page.fileMissing)}</em></p>`
  if (!isPicture(path)) return `<p><a href="${path}">${label}</a></p>`
  return `<p><a href="${path}"><img src="${path}" alt="${label}" loading="lazy"></a></p>`
}

function momentOf(at: Date, texts: Texts): string {
  return `${dayOf(at, texts.language)}, ${timeOfDay(at)}`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, mark => entities[mark] ?? mark)
}
