/** The shop's inbox: cabinets at any market, their mirror, answers, and the API for the desk's pages. cli/, test/ and bench/ may import it. */
export { makeOwnerLink } from './accounts/links.ts'
export { isSealedWith, rotateSecret } from './cabinets/rotate-secret.ts'
export type { Desk } from './desk.ts'
export { importReplies } from './inbox/import-replies.ts'
export type { OnOutboxMoment, OutboxMoment } from './outbox/moments.ts'
export { type DeskOptions, type RunningDesk, startDesk } from './start-desk.ts'
export { deskSchema } from './store/schema.ts'
