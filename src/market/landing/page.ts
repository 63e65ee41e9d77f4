import { style } from './style.ts'
import { type Language, type Place, texts } from './texts.ts'

/** Where a place is that is there. */
export type PlaceLink = { place: Place; href: string }

const mark =
  '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#2f6fdb"/><path d="M7 10h18v8a2 2 0 0 1-2 2h-7l-5 4v-4H9a2 2 0 0 1-2-2z" fill="#fff"/></svg>'
const favicon = `data:image/svg+xml,${encodeURIComponent(mark.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"'))}`

const icons: Record<Place, string> = {
  console: '<path d="M4 5h6v8H4zM4 17h6v2H4zM14 5h6v2h-6zM14 11h6v8h-6z"/>',
  desk: '<path d="M4 6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 13h4l2 3h4l2-3h4"/>',
  docs: '<path d="M8 4c-2 0-2 2-2 4s0 4-2 4c2 0 2 2 2 4s0 4 2 4M16 4c2 0 2 2 2 4s0 4 2 4c-2 0-2 2-2 4s0 4-2 4"/>',
  guide: '<path d="M12 6c-2-1.5-5-2-8-2v14c3 0 6 .5 8 2 2-1.5 5-2 8-2V4c-3 0-6 .5-8 2zM12 6v14"/>',
}

/** One document with all that it needs, in one language and in the reader's light. */
export function landingPage(language: Language, places: readonly PlaceLink[], version: string): string {
  const { title, lead } = texts[language]
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Prilavok</title>
<link rel="icon" href="${favicon}">
<style>${style}</style>
</head>
<body>
<main>
<header>${mark}<h1>${title}</h1><p>${lead}</p></header>
<nav aria-label="Prilavok">${places.map(link => card(language, link)).join('')}</nav>
<footer>Prilavok ${escaped(version)}</footer>
</main>
</body>
</html>
`
}

function card(language: Language, { place, href }: PlaceLink): string {
  const { name, about } = texts[language].places[place]
  return `<a href="${escaped(href)}"><svg viewBox="0 0 24 24" aria-hidden="true">${icons[place]}</svg><b>${name}</b><span>${about}</span></a>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
