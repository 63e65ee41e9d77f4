const key = 'prilavok.desk.reloadedAt'
const pauseMs = 60_000

/** Parts are fetched as soon as their link is pointed at: whoever writes meanwhile is not interrupted. */
const isTyping = () => document.activeElement instanceof HTMLTextAreaElement && document.activeElement.value !== ''

/** A part of the page that is not there any more was replaced by an update: the page is loaded anew, once in a while at the most. */
export function reloadOnUpdate(): void {
  window.addEventListener('vite:preloadError', () => {
    const now = Date.now()
    if (!navigator.onLine || isTyping() || now - Number(sessionStorage.getItem(key)) < pauseMs) return
    sessionStorage.setItem(key, String(now))
    window.location.reload()
  })
}
