const waitsMs = [500, 1000, 2000, 5000]

/** Follows the buyer API's events, and says each time that something may have changed; also after every new connection. */
export function followBuyer(token: string, onNews: () => void): () => void {
  const stopped = new AbortController()
  void follow(token, onNews, stopped.signal)
  return () => stopped.abort()
}

async function follow(token: string, onNews: () => void, stopped: AbortSignal): Promise<void> {
  for (let failures = 0; !stopped.aborted; failures++) {
    if (await hasStood(token, onNews, stopped)) failures = 0
    await pause(waitsMs[Math.min(failures, waitsMs.length - 1)] ?? 0, stopped)
  }
}

/** Resolves when the line is over, with whether it had stood at all. */
async function hasStood(token: string, onNews: () => void, stopped: AbortSignal): Promise<boolean> {
  try {
    const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' }
    const answer = await fetch('/buyer/v1/events', { headers, signal: stopped, cache: 'no-store' })
    if (!answer.ok || !answer.body) return false
    onNews()
    const reader = answer.body
      .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
      .getReader() // typed apart
    for (let rest = ''; ; ) {
      const { done, value } = await reader.read()
      if (done) return true
      const blocks = (rest + value).split('\n\n')
      rest = blocks.pop() ?? ''
      if (blocks.some(block => block.includes('event: '))) onNews()
    }
  } catch {
    return false // the line broke; it is tried again
  }
}

function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    stopped.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
