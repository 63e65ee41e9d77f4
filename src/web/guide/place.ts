// As far below the top as the header is high, and a line.
const topPx = 96

/** Marks in the contents of the page where the reader is. */
export function followReader(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.toc a')]
  const headings = links.flatMap(link => document.getElementById(decodeURIComponent(link.hash.slice(1))) ?? [])
  if (headings.length === 0) return
  const mark = () => {
    const isAtEnd = innerHeight + scrollY >= document.body.scrollHeight - 2
    const passed = headings.filter(heading => heading.getBoundingClientRect().top < topPx)
    const current = isAtEnd ? headings.at(-1) : passed.at(-1)
    for (const link of links) {
      if (current && decodeURIComponent(link.hash.slice(1)) === current.id) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
  }
  let isPlanned = false
  addEventListener(
    'scroll',
    () => {
      if (isPlanned) return
      isPlanned = true
      requestAnimationFrame(() => {
        isPlanned = false
        mark()
      })
    },
    { passive: true },
  )
  mark()
}
