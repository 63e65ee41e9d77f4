import type { Bug } from './bug.ts'

const notify = 'src/market/notify'
const flow = (name: string, title: string) => ({ test: `test/flows/${name}.test.ts`, title })
const beside = (name: string) => ({ test: `${notify}/${name}.test.ts` })

/** In what is sent to shops. */
export const bugsInNotify: Bug[] = [
  {
    name: 'signed-with-wrong-secret',
    file: `${notify}/sign.ts`,
    from: "createHmac('sha256', secret)",
    to: "createHmac('sha256', secrets[0] ?? secret)",
    caughtBy: flow('sender', 'is signed with each secret'),
  },
  {
    name: 'time-not-signed',
    file: `${notify}/sign.ts`,
    from: `\${id}.\${timestamp}.\${body}`,
    to: `\${id}.\${body}`,
    caughtBy: flow('sender', 'is signed with each secret'),
  },
  {
    name: 'old-secret-forgotten',
    file: `${notify}/subscription-secret.ts`,
    from: '(isOverlapping ? [salt, previousSalt] : [salt])',
    to: '[salt]',
    caughtBy: flow('subscriptions', 'a changed secret signs at once'),
  },
  {
    name: 'redirect-counts-as-taken',
    file: `${notify}/read-answer.ts`,
    from: 'if (status === 200) {',
    to: 'if (status >= 200 && status < 400) {',
    caughtBy: flow('sender', 'a redirect with'),
  },
  {
    name: 'address-not-checked',
    file: `${notify}/dial.ts`,
    from: 'const addresses = found.filter(isAllowed)',
    to: 'const addresses = found',
    caughtBy: flow('ssrf', 'public, then loopback'),
  },
  {
    name: 'connected-address-not-checked',
    file: `${notify}/dial.ts`,
    from: "if (!isAllowed(socket.remoteAddress ?? '')) throw",
    to: 'if (socket.destroyed) throw',
    caughtBy: flow('ssrf', 'whose address leads into the machine'),
  },
  {
    name: 'certificate-not-checked',
    file: `${notify}/dial.ts`,
    from: 'rejectUnauthorized: true',
    to: 'rejectUnauthorized: false',
    caughtBy: flow('sender', 'signed by itself'),
  },
  {
    name: 'metadata-is-public',
    file: `${notify}/addresses.ts`,
    from: "['169.254.0.0', 16]",
    to: "['169.254.0.0', 24]",
    caughtBy: beside('addresses'),
  },
  {
    name: 'local-name-is-public',
    file: `${notify}/webhook-url.ts`,
    from: "'internal', ",
    to: '',
    caughtBy: beside('webhook-url'),
  },
  {
    name: 'slot-left-twice',
    file: `${notify}/slots.ts`,
    from: 'this.#taken[kind]--',
    to: 'this.#taken[kind] -= 2',
    caughtBy: beside('slots'),
  },
  {
    name: 'one-attempt-too-few',
    file: `${notify}/schedule.ts`,
    from: 'if (failures > maxAttempts) return',
    to: 'if (failures >= maxAttempts) return',
    caughtBy: beside('schedule'),
  },
  {
    name: 'paused-process-sends',
    file: `${notify}/work-subscription.ts`,
    from: "if (leases.epochOf(laneOf(subscription.businessId)) !== epoch) return { claim: 'no_lease' }",
    to: '',
    caughtBy: flow('delivery-pauses', 'sends nothing until it holds the lane again'),
  },
]
