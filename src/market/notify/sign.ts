import { createHmac } from 'node:crypto'

type Signed = { id: string; at: Date; body: string }

/** The headers of Standard Webhooks (standardwebhooks.com): one signature for each secret that is valid now, none without one. */
export function signNotification({ id, at, body }: Signed, secrets: readonly Buffer[]): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000)
  const signatures = secrets.map(
    secret => `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  )
  return {
    'webhook-id': id,
    'webhook-timestamp': `${timestamp}`,
    ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
  }
}
