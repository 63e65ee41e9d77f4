import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Starts a script of this folder as a process of its own. */
export function start(script: string, args: string[] = []): ChildProcess {
  return fork(join(import.meta.dirname, script), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

/** The next message of a child; fails if it ends instead. */
export async function answerOf<T>(child: ChildProcess): Promise<T> {
  const heard = new AbortController()
  const { signal } = heard
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`a process of the bench ended with ${code} before it answered`)
  })
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), ended])
    return message as T // our own scripts write it
  } finally {
    heard.abort()
    ended.catch(() => {}) // nobody waits for its end any more
  }
}

export async function ask<T>(child: ChildProcess, message: object | string): Promise<T> {
  const answer = answerOf<T>(child)
  child.send(message)
  return answer
}

/** Asks a child to stop, and waits until it has; one that has ended already is let be. */
export async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.send('stop')
  await ended
}
