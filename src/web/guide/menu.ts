/** On a narrow screen the contents open over the page. */
export function startMenu(): void {
  const button = document.querySelector<HTMLButtonElement>('.menu')
  const side = document.querySelector<HTMLElement>('.side')
  if (!button || !side) return
  const set = (isOpen: boolean) => {
    button.setAttribute('aria-expanded', String(isOpen))
    document.documentElement.classList.toggle('menu-open', isOpen)
  }
  button.addEventListener('click', () => set(button.getAttribute('aria-expanded') !== 'true'))
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || button.getAttribute('aria-expanded') !== 'true') return
    set(false)
    button.focus()
  })
  document.querySelector('#text')?.addEventListener('click', () => set(false))
  side.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
}
