import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'

const tables = ['/proc/self/net/tcp', '/proc/self/net/tcp6']
const row = /^ *\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]{2} ([0-9A-F]{8}):/gm

/**
 * Of a connection, how many bytes the system holds that the peer's has not confirmed. The system takes megabytes at a time, so
 * that a slow reader shows here alone. Two connections whose ports are the same count together. Linux; elsewhere always 0.
 */
export async function readUnconfirmed(): Promise<(socket: Socket) => number> {
  const texts = await Promise.all(tables.map(path => readFile(path, 'latin1').catch(() => ''))) // no such table
  const sizes = new Map<string, number>()
  for (const [, local = '', remote = '', queued = ''] of texts.join('\n').matchAll(row)) {
    const ports = `${Number.parseInt(local, 16)} ${Number.parseInt(remote, 16)}`
    sizes.set(ports, (sizes.get(ports) ?? 0) + Number.parseInt(queued, 16))
  }
  return ({ localPort, remotePort }) => sizes.get(`${localPort} ${remotePort}`) ?? 0
}
