// Runs before the page is shown, as a script of the old kind: it exports and imports nothing.
// The name and the place of the choice are those of the console and the desk, so that one choice holds everywhere.
{
  const key = 'mantine-color-scheme-value'
  const root = document.documentElement
  const attribute = 'data-mantine-color-scheme'
  const read = () => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null // storage that is switched off: the system's choice holds
    }
  }
  const wear = (scheme: string | null) => {
    if (scheme === 'light' || scheme === 'dark') root.setAttribute(attribute, scheme)
  }
  wear(read())
  root.classList.add('js')
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element) || !target.closest('.scheme')) return
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
    const next = (root.getAttribute(attribute) ?? system) === 'dark' ? 'light' : 'dark'
    wear(next)
    try {
      localStorage.setItem(key, next)
    } catch {
      // it holds for this page
    }
  })
  addEventListener('storage', event => event.key === key && wear(event.newValue))
}
