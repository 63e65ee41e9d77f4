const dot = '<circle cx="25" cy="7" r="6" fill="#e5484d" stroke="#fff" stroke-width="1.5"/>'
const mark =
  '<rect width="32" height="32" rx="8" fill="#2f6fdb"/><path d="M7 10h18v8a2 2 0 0 1-2 2h-7l-5 4v-4H9a2 2 0 0 1-2-2z" fill="#fff"/>'

/** The tab's icon has a dot while somebody waits. */
export function badgeIcon(isWaiting: boolean): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${mark}${isWaiting ? dot : ''}</svg>`
  if (link) link.href = `data:image/svg+xml,${encodeURIComponent(svg)}`
}

/** The tab's title: how many wait, then the page. */
export function titleWith(waiting: number | undefined, page: string): string {
  return `${waiting ? `(${waiting}) ` : ''}${page} · Prilavok`
}
