// One process at a time does what several may find undone. Without packages: installing them uses it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Waits until no other live process has the turn, which the file stands for; ours ends with this process. */
export function takeTurn(file) {
  mkdirSync(dirname(file), { recursive: true })
  while (!tryTurn(file)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  process.once('exit', () => rmSync(file, { force: true }))
}

function tryTurn(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    const owner = Number(readIfThere(file))
    // Two that find the same dead owner may both get the turn: what is done in turn must bear being done twice.
    if (owner && !isAlive(owner)) rmSync(file, { force: true })
    return false
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

export function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}
