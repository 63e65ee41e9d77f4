import { readFileSync } from 'node:fs'

const [ctrlC, ctrlD] = ['\u0003', '\u0004']

/** Whether keys that are pressed come to this process: not where standard input is a file, nor in the background. */
export function hasKeys(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY && isInForeground()
}

/** Does what a key stands for until it is disposed. Ctrl-C and Ctrl-D are SIGINT, as they are without it. */
export function onKeys(keys: Record<string, () => void>): Disposable {
  const { stdin } = process
  const onData = (data: Buffer) => {
    for (const key of data.toString()) {
      if (key === ctrlC || key === ctrlD) process.emit('SIGINT')
      else keys[key.toLowerCase()]?.()
    }
  }
  stdin.setRawMode(true).on('data', onData).resume()
  return {
    [Symbol.dispose]: () => {
      stdin.off('data', onData).setRawMode(false).pause()
    },
  }
}

/** A process in the background is stopped by the system when it touches its terminal. Where nobody tells, it is in the foreground. */
function isInForeground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8')
    const [, , group, , , ofTerminal] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return group === ofTerminal
  } catch {
    return true // no Linux
  }
}
