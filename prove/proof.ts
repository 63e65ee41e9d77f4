/** What a proof is. */

/** `quick` takes seconds; `full` is for a night. */
export type Size = 'quick' | 'full'

type Task = {
  size: Size
  /** The same seed makes the same choices. What other processes do meanwhile is not in its power. */
  seed: number
  /** How many requests or seeds, if somebody wants to say: for proofs that count in them. */
  count?: number | undefined
  /** How far it is, for whoever waits. */
  say(line: string): void
}

export type Finding = {
  /** What was done, in numbers that were counted. */
  figures: string
  /** Each way in which the promise was broken; empty if it held. */
  broken: string[]
  /** What led to it, if that can be told, line by line. */
  story?: string[]
  /** How to see it again, if it takes other options than those that were given. */
  again?: string
}

export type Proof = {
  /** What must hold, in one sentence. */
  promise: string
  prove(task: Task): Promise<Finding>
}
