import {
  addressOf,
  contents,
  decisionsPage,
  homeOf,
  inLanguage,
  isBegin,
  type Language,
  languageOf,
  languages,
} from './contents.ts'
import type { Heading } from './headings.ts'
import { escapeHtml } from './highlight.ts'
import { base, type Guide, type GuidePage } from './read-guide.ts'
import { words } from './words.ts'

export type Assets = {
  script: string
  /** Sets light or dark before anything is shown. */
  scheme: string
  styles: string[]
  fonts: string[]
  mark: string
  /** What the search reads, by language. */
  search: Record<Language, string>
}

const hrefOf = (path: string) => `${base}${addressOf(path)}`

/** A whole page of the guide. */
export function layOut(page: GuidePage, guide: Guide, assets: Assets): string {
  const { path, language, title, html, headings } = page
  const said = words[language]
  const isHome = path === homeOf(language)
  const neighbours = isHome ? '' : neighboursOf(page, guide)
  const main = `<main id="text" tabindex="-1"><article>${html}</article>${neighbours}</main>`
  return around(language, {
    assets,
    title: isHome ? said.home : `${title} · Prilavok`,
    lead: page.lead,
    others: languages.filter(other => other !== language).map(other => inLanguage(path, other)),
    isTranslated: isBegin(path),
    kind: isHome ? 'home' : 'page',
    body: `${sideOf(path, language, guide)}${main}${tocOf(headings, said.onThisPage)}`,
  })
}

/** What is shown at an address that has no page. */
export function layOutLost(language: Language, guide: Guide, assets: Assets): string {
  const said = words[language]
  const link = `<a href="${hrefOf(homeOf(language))}">${said.lostLink}</a>`
  const article = `<article><h1>${said.lostTitle}</h1><p>${said.lostText}</p><p>${link}</p></article>`
  return around(language, {
    assets,
    title: said.lostTitle,
    lead: said.lostText,
    others: languages.filter(other => other !== language).map(homeOf),
    isTranslated: true,
    kind: 'lost',
    body: `${sideOf('', language, guide)}<main id="text" tabindex="-1">${article}</main>`,
  })
}

type Around = {
  assets: Assets
  title: string
  lead: string
  others: string[]
  isTranslated: boolean
  kind: string
  body: string
}

function around(language: Language, { assets, title, lead, others, isTranslated, kind, body }: Around): string {
  const said = words[language]
  const styles = assets.styles.map(href => `<link rel="stylesheet" href="${href}">`)
  const fonts = assets.fonts.map(href => `<link rel="preload" href="${href}" as="font" type="font/woff2" crossorigin>`)
  const alternates = others.map(
    other => `<link rel="alternate" hreflang="${languageOf(other)}" href="${hrefOf(other)}">`,
  )
  const texts = {
    nothing: said.nothing,
    failed: said.failed,
    copied: said.copied,
    copy: said.copy,
    search: said.searchHint,
  }
  return `<!doctype html>
<html lang="${language}" data-kind="${kind}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(lead.slice(0, 200))}">
<link rel="icon" type="image/svg+xml" href="${assets.mark}">
<script src="${assets.scheme}"></script>
${[...styles, ...fonts, ...(isTranslated ? alternates : [])].join('\n')}
<script type="module" src="${assets.script}"></script>
</head>
<body data-search="${assets.search[language]}" data-texts="${escapeHtml(JSON.stringify(texts))}">
<a class="skip" href="#text">${said.skip}</a>
${headerOf(language, others, assets.mark)}
<div class="frame">${body}</div>
</body>
</html>
`
}

function headerOf(language: Language, others: string[], mark: string): string {
  const said = words[language]
  const switches = others.map(
    other =>
      `<a class="switch" href="${hrefOf(other)}" hreflang="${languageOf(other)}" lang="${languageOf(other)}">${said.otherLanguage}</a>`,
  )
  return `<header class="top">
<button class="icon menu" type="button" aria-label="${said.menu}" aria-expanded="false" aria-controls="side">${icons.menu}</button>
<a class="brand" href="${hrefOf(homeOf(language))}"><img src="${mark}" alt="" width="24" height="24"><b>Prilavok</b><span>${said.guide}</span></a>
<button class="find" type="button">${icons.search}<span>${said.search}</span><kbd>/</kbd></button>
${switches.join('')}
<button class="icon scheme" type="button" aria-label="${said.scheme}">${icons.scheme}</button>
</header>`
}

function sideOf(path: string, language: Language, guide: Guide): string {
  const isOpen = (each: string) => each === path || (each === decisionsPage && path.startsWith(`${each}/`))
  const groups = contents(language).map(({ title, pages }) => {
    const links = pages.map(({ path: each, label }) => {
      const text = label?.[language] ?? guide.pages.get(each)?.title ?? each
      const foreign = language === 'ru' && !isBegin(each) ? ` hreflang="en"` : ''
      const badge = foreign && ` <small title="${words[language].inEnglish}">en</small>`
      return `<li><a href="${hrefOf(each)}"${foreign}${isOpen(each) ? ' aria-current="page"' : ''}>${escapeHtml(text)}${badge}</a></li>`
    })
    return `<h2>${title[language]}</h2><ul>${links.join('')}</ul>`
  })
  return `<nav id="side" class="side" aria-label="${words[language].contents}">${groups.join('')}</nav>`
}

function tocOf(headings: Heading[], title: string): string {
  const shown = headings.filter(({ depth }) => depth === 2 || depth === 3)
  if (shown.length < 2) return ''
  const links = shown.map(
    ({ id, depth, text }) => `<li class="depth-${depth}"><a href="#${id}">${escapeHtml(text)}</a></li>`,
  )
  return `<nav class="toc" aria-labelledby="toc-title"><h2 id="toc-title">${title}</h2><ul>${links.join('')}</ul></nav>`
}

/** The pages before and after, in the order of the contents, as far as they are in this language. */
function neighboursOf({ path, language }: GuidePage, guide: Guide): string {
  const order = contents(language)
    .flatMap(({ pages }) => pages.map(each => each.path))
    .filter(each => languageOf(each) === language)
  const at = order.indexOf(path)
  if (at < 0) return ''
  const link = (kind: 'previous' | 'next', other: string | undefined) => {
    const title = other && guide.pages.get(other)?.title
    return other && title
      ? `<a class="${kind}" rel="${kind === 'next' ? 'next' : 'prev'}" href="${hrefOf(other)}"><span>${words[language][kind]}</span>${escapeHtml(title)}</a>`
      : ''
  }
  return `<nav class="neighbours" aria-label="${words[language].previous} / ${words[language].next}">${link('previous', order[at - 1])}${link('next', order[at + 1])}</nav>`
}

const icon = (paths: string) =>
  `<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`

const icons = {
  menu: icon('<path d="M4 7h16M4 12h16M4 17h16"/>'),
  search: icon('<circle cx="11" cy="11" r="6"/><path d="m20 20-4.2-4.2"/>'),
  scheme: icon('<circle cx="12" cy="12" r="8"/><path d="M12 4v16a8 8 0 0 0 0-16z" fill="currentColor"/>'),
}
