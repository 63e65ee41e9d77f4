const atMostEveryMs = 250

/** The same work, done at once and at most each quarter of a second: what is asked for meanwhile is done once, after it. */
export function rarely(work: () => void): () => void {
  let isResting = false
  let isWanted = false
  const ask = () => {
    isWanted = true
    if (isResting) return
    isWanted = false
    isResting = true
    work()
    setTimeout(() => {
      isResting = false
      if (isWanted) ask()
    }, atMostEveryMs).unref()
  }
  return ask
}
