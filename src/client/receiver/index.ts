/** Receives notifications, checks who sent them, and calls the handler of each once. Imported by the client's door. */
export type { ChatNotification, MessageNotification, NotificationBody } from './chat-notification.ts'
export { createReceiver } from './create-receiver.ts'
export { type FastifyReplyLike, type FastifyRequestLike, toFastifyHandler } from './fastify-handler.ts'
export { type NodeRequestLike, type NodeResponseLike, toNodeHandler } from './node-handler.ts'
export type { From, Receive, ReceiverOptions } from './receiver-options.ts'
export type { Verification } from './verify.ts'
