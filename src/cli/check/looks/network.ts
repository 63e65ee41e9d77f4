import { isLoopback } from '../../connection/find-market.ts'
import { error, good, type Look, warning } from './look.ts'

const fewestDays = 14

const isReachable = (host: string) => !isLoopback(`http://${host.includes(':') ? `[${host}]` : host}`)

export const lookAtAddress: Look = ({ flags, address }, { found }) => {
  if (address.state === 'none')
    return isReachable(flags.host)
      ? error(found.noAddress, found.noAddressFix)
      : warning(found.noAddress, found.noAddressFix)
  if (address.state === 'plain') return error(found.plainAddress, found.plainAddressFix)
  if (address.state === 'untrusted') return error(found.untrusted(address.why), found.untrustedFix)
  if (address.state === 'away') return warning(found.addressAway(address.why), found.addressAwayFix)
  const { daysLeft } = address
  return daysLeft < fewestDays
    ? warning(found.certificate(daysLeft), found.certificateFix)
    : good(found.certificate(daysLeft))
}

export const lookAtWebhooks: Look = ({ flags }, { found }) =>
  flags.allowPrivateWebhooks ? error(found.privateWebhooks, found.privateWebhooksFix) : good(found.publicWebhooks)

/** The figures have no key. */
export const lookAtMetrics: Look = ({ flags }, { found }) => {
  if (flags.metricsPort !== undefined) return good(found.metricsApart(flags.metricsPort))
  return isReachable(flags.host) ? warning(found.metricsOpen, found.metricsOpenFix) : good(found.metricsLocal)
}
