import send, { type SendOptions } from '@fastify/send'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Encoding, encodingsFor } from './encodings.ts'

/** Scripts come from this server alone and are never inline. Styles may be inline: Mantine writes sizes into style attributes. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** What every page of ours, and all that it loads, is sent with. */
export const always = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

const endings: Record<Encoding, string> = { br: '.br', gzip: '.gz', identity: '' }

// Names that the build makes; any other name is not found, nor is a compressed form by its own.
const assetName = /^[\w-][\w.-]*(?<!\.br|\.gz)$/

/** Files whose names hold their hash: whoever has one need not ask again. */
export function serveAssets(app: FastifyInstance, { prefix, root }: { prefix: string; root: string }): void {
  app.get<{ Params: { name: string } }>(`${prefix}/assets/:name`, async (request, reply) => {
    const { name } = request.params
    if (!assetName.test(name)) return reply.callNotFound()
    const kept = { root: `${root}/assets`, maxAge: '365d', immutable: true }
    return (await sendFile({ request, reply }, name, kept)) ?? notFound(reply)
  })
}

/** `status` is that of what is sent, if not 200. */
export type Exchange = { request: FastifyRequest; reply: FastifyReply; status?: number }

/**
 * In the smallest form that the reader takes and the build has made. Each form has its own ETag; a part of one is never sent.
 * Undefined, with nothing sent, if there is no such file.
 */
export async function sendFile(
  { request, reply, status }: Exchange,
  name: string,
  options: SendOptions,
): Promise<FastifyReply | undefined> {
  for (const encoding of encodingsFor(request.headers['accept-encoding'])) {
    const path = `/${name}${endings[encoding]}`
    const sent = await send(request.raw, path, { ...options, index: false, acceptRanges: false, contentType: false })
    if (sent.type !== 'file') continue
    if (encoding !== 'identity') reply.header('content-encoding', encoding)
    const { 'content-type': _, ...told } = sent.headers
    return reply
      .code(status ?? sent.statusCode)
      .headers({ ...told, ...always, 'content-type': typeOf(name), vary: 'accept-encoding' })
      .send(sent.stream)
  }
  return undefined
}

export function notFound(reply: FastifyReply): FastifyReply {
  reply.callNotFound()
  return reply
}

function typeOf(name: string): string {
  const type = send.mime.getType(name) ?? 'application/octet-stream'
  return send.isUtf8MimeType(type) ? `${type}; charset=utf-8` : type
}
