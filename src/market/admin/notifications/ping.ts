import { type NotificationFailure, pingTimeoutMs, serializePing } from '#contract'
import type { Clock } from '#kit'
import { HttpProblem, problems } from '#serving'
import { makePingId } from '../../notify/delivery-id.ts'
import type { Sender, Sent, Target } from '../../notify/sender.ts'
import { checkWebhookUrl } from '../../notify/webhook-url.ts'
import { failureView } from './subscription-view.ts'

export type PingNeeds = { sender: Pick<Sender, 'send'>; clock: Clock; arePrivateWebhooksAllowed: boolean }

/** Sends PING to an address. */
export function ping({ sender, clock }: PingNeeds, target: Target): Promise<Sent> {
  return sender.send(target, { id: makePingId(), body: serializePing(clock.now()), timeoutMs: pingTimeoutMs })
}

/** Throws a 422 with the failure in it, unless the address answers PING as it must. */
export async function requirePing(needs: PingNeeds, target: Target): Promise<void> {
  const sent = await ping(needs, target)
  if (sent.outcome === 'delivered') return
  const failure = failureView(sent)
  throw new HttpProblem(422, whyNot(failure), { failure })
}

export function checkUrl({ arePrivateWebhooksAllowed }: PingNeeds, url: string): void {
  const problem = checkWebhookUrl(url, arePrivateWebhooksAllowed)
  if (problem !== undefined) throw problems.misfit('url', problem)
}

const advice: Record<NotificationFailure['reason'], string> = {
  CONNECTION_REFUSED: 'nothing answers at this address: start the program there, or mend the address',
  CONNECTION_TIMED_OUT: 'the address cannot be reached: check its name and its firewall',
  HTTP: 'it answered with another status than 200',
  READ_TIMED_OUT: `it took longer than ${pingTimeoutMs / 1000} s: answer first, work afterwards`,
  SSL_ERROR: 'its certificate is not one that is trusted for this name',
  UNSUPPORTED_MEDIA_TYPE: 'it answered with something else than application/json',
  ADDRESS_NOT_ALLOWED: 'this market sends nothing to private or local addresses, nor to other ports than 443',
  INTERRUPTED: 'the market is being stopped: try again in a moment',
  CANT_PARSE_RESPONSE: 'its answer is no JSON',
  INVALID_DATA: 'its answer must have version, name (1 to 100 characters each) and time (ISO 8601)',
}

function whyNot({ reason, status }: NotificationFailure): string {
  const met = status === undefined ? reason : `${reason}, status ${status}`
  return `PING was not answered as it must be (${met}): ${advice[reason]}.`
}
