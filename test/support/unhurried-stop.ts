import { Server } from 'node:http'
import { expect, vi } from 'vitest'

/** Stops a server. Fails if its patience with those who are connected ran out, and it had to cut their lines. */
export async function expectUnhurried(stop: () => Promise<unknown>): Promise<void> {
  const cut = vi.spyOn(Server.prototype, 'closeAllConnections')
  await stop()
  expect(cut, 'lines that were cut').not.toHaveBeenCalled()
}
