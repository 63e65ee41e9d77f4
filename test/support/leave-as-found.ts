/** Many files run in one process, one after the other. One that leaves it changed fails, not the next one. */
import { afterAll, expect, vi } from 'vitest'

const environment = { ...process.env }
const folder = process.cwd()

afterAll(() => {
  const names = Object.keys({ ...environment, ...process.env })
  const changed = names.filter(name => environment[name] !== process.env[name])
  expect({ changed, folder: process.cwd(), areTimersFake: vi.isFakeTimers() }).toEqual({
    changed: [],
    folder,
    areTimersFake: false,
  })
})
