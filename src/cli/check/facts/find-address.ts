import { once } from 'node:events'
import { isIP } from 'node:net'
import { connect } from 'node:tls'
import { type Clock, codeOf } from '#kit'
import type { AddressFound } from './subject.ts'

const patienceMs = 5_000
const dayMs = 24 * 60 * 60_000

/** What stands at the public address: the certificate is read, nothing is asked. */
export async function findAddress(publicUrl: string | undefined, clock: Clock): Promise<AddressFound> {
  if (publicUrl === undefined) return { state: 'none' }
  const url = new URL(publicUrl)
  if (url.protocol !== 'https:') return { state: 'plain' }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const socket = connect({ host, port: Number(url.port || 443), ...(isIP(host) === 0 && { servername: host }) })
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(patienceMs) })
    const validTo = Date.parse(socket.getPeerCertificate().valid_to)
    return { state: 'trusted', daysLeft: Math.floor((validTo - clock.now().getTime()) / dayMs) }
  } catch (error) {
    const why = codeOf(error) ?? (error instanceof Error ? error.message : String(error))
    return { state: isOfCertificate(why) ? 'untrusted' : 'away', why }
  } finally {
    socket.destroy()
  }
}

/** As OpenSSL and Node name what is wrong with a certificate. */
function isOfCertificate(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|^ERR_SSL|^EPROTO/.test(code)
}
