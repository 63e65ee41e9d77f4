import { texts } from './texts/texts.ts'

const shownMs = 1500

/** Gives each block of code its button: of a session at a terminal it copies the commands. */
export function startCopying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('.copy')) {
    button.hidden = false
    button.addEventListener('click', () => void copy(button))
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const text = button.dataset['copy'] ?? button.parentElement?.querySelector('code')?.textContent ?? ''
  await navigator.clipboard.writeText(text)
  button.classList.add('done')
  button.setAttribute('aria-label', texts.copied)
  setTimeout(() => {
    button.classList.remove('done')
    button.setAttribute('aria-label', texts.copy)
  }, shownMs)
}
