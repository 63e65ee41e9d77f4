import { texts } from '../texts/texts.ts'
import { type Hit, makeFinder, markWords } from './find.ts'

type Find = (wanted: string) => Hit[]

/** The search: a dialog that the button or the key / opens. What it searches is loaded then, once. */
export function startSearch(): void {
  const { dialog, input, list, note } = makeDialog()
  let loading: Promise<Find> | undefined
  const ask = () => {
    loading ??= load()
    return loading
  }
  const open = () => {
    // What goes wrong is said at the first letter.
    ask().catch(() => {})
    dialog.showModal()
    input.select()
  }
  const show = async () => {
    const wanted = input.value.trim()
    try {
      const find = await ask()
      if (wanted !== input.value.trim()) return
      const hits = wanted === '' ? [] : find(wanted)
      list.replaceChildren(...hits.map(asItem))
      select(list, input, 0)
      note.textContent = wanted !== '' && hits.length === 0 ? `${texts.nothing} «${wanted}»` : ''
    } catch {
      // The connection may be back at the next letter.
      loading = undefined
      note.textContent = texts.failed
    }
  }
  document.querySelector('.find')?.addEventListener('click', open)
  document.addEventListener('keydown', event => {
    if (!opensSearch(event)) return
    event.preventDefault()
    open()
  })
  input.addEventListener('input', () => void show())
  input.addEventListener('keydown', event => walk(event, list, input))
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog || (target instanceof Element && target.closest('a'))) dialog.close()
  })
}

async function load(): Promise<Find> {
  const answer = await fetch(document.body.dataset['search'] ?? '')
  if (!answer.ok) throw new TypeError(`the search list: ${answer.status}`)
  return makeFinder(await answer.json())
}

/** By the place of the key, as a Russian layout has another letter there. */
function opensSearch({ code, key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  if (code === 'KeyK' && (ctrlKey || metaKey)) return true
  const isTyping = target instanceof Element && target.matches('input, textarea, select')
  return !isTyping && !ctrlKey && !metaKey && !altKey && (key === '/' || code === 'Slash') && key !== '?'
}

function makeDialog() {
  const dialog = document.createElement('dialog')
  dialog.className = 'search'
  dialog.setAttribute('aria-label', texts.search)
  const input = document.createElement('input')
  Object.assign(input, { type: 'search', placeholder: texts.search, autocomplete: 'off', spellcheck: false })
  const list = document.createElement('div')
  list.id = 'found'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', texts.search)
  const note = document.createElement('p')
  note.setAttribute('role', 'status')
  const roles = { role: 'combobox', 'aria-label': texts.search, 'aria-controls': 'found', 'aria-expanded': 'true' }
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value)
  dialog.append(input, note, list)
  document.body.append(dialog)
  return { dialog, input, list, note }
}

function asItem({ address, page, title, excerpt, words }: Hit, place: number): HTMLAnchorElement {
  const link = document.createElement('a')
  link.id = `found-${place}`
  link.setAttribute('role', 'option')
  link.href = address
  link.tabIndex = -1
  link.append(line('b', title === page ? page : `${page} › ${title}`, words), line('span', excerpt, words))
  return link
}

function line(name: 'b' | 'span', text: string, words: string[]): HTMLElement {
  const element = document.createElement(name)
  for (const piece of markWords(text, words)) {
    const mark = document.createElement('mark')
    mark.textContent = piece.text
    element.append(piece.isFound ? mark : piece.text)
  }
  return element
}

function walk(event: KeyboardEvent, list: HTMLElement, input: HTMLInputElement): void {
  const at = [...list.children].findIndex(item => item.getAttribute('aria-selected') === 'true')
  const chosen = list.children[at]
  if (event.key === 'Enter' && chosen instanceof HTMLElement) chosen.click()
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  select(list, input, at + step)
}

function select(list: HTMLElement, input: HTMLInputElement, wanted: number): void {
  const items = [...list.children]
  const at = Math.max(0, Math.min(wanted, items.length - 1))
  for (const [place, item] of items.entries()) item.setAttribute('aria-selected', String(place === at))
  if (items[at]) input.setAttribute('aria-activedescendant', items[at].id)
  else input.removeAttribute('aria-activedescendant')
  items[at]?.scrollIntoView({ block: 'nearest' })
}
