/** The ticket of `/console#ticket=…`, taken away from the address bar and the history. */
export function takeTicket(): string | undefined {
  const ticket = new URLSearchParams(window.location.hash.slice(1)).get('ticket')
  if (ticket === null) return undefined
  window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search)
  return ticket
}
