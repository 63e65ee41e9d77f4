import type { FastifyApiReferenceOptions } from '@scalar/fastify-api-reference'
import Fastify, { type FastifyInstance } from 'fastify'
import { ErrorResponse, notificationWebhooks, type OpenApiInfo, openApiDocument, operations } from '#contract'
import { serveKept } from '#serving'

const publishedInfo: OpenApiInfo = {
  title: 'Prilavok: the chats API',
  description:
    'The chats, campaigns and orders (read only) of a marketplace, as Yandex.Market\'s partner API has them. Send a key in the header Api-Key, or as older programs do: `Authorization: Bearer <key>`, `Authorization: OAuth oauth_token="<key>"`.',
  tags: {
    auth: 'What the key that asks may do.',
    campaigns: 'The storefronts of the business.',
    chats: 'Chats with customers: lists, histories, messages, files.',
    orders: 'Orders of the business, read only.',
  },
  securitySchemes: {
    ApiKey: { type: 'apiKey', name: 'Api-Key', in: 'header' },
    Bearer: { type: 'http', scheme: 'bearer', description: 'The same key. If both headers are there, Api-Key counts.' },
  },
  refusalType: 'application/json',
  refusal: ErrorResponse,
  webhooks: notificationWebhooks(),
}

/** `/openapi.json`, made from the contract, and `/docs`, the same as a page that asks no other host for anything. */
export function registerDocuments(
  app: FastifyInstance,
  { version, hasLab }: { version: string; hasLab: boolean },
): void {
  serveKept(app, '/openapi.json', {
    type: 'application/json; charset=utf-8',
    make: async () => JSON.stringify(openApiDocument(Object.values(operations), publishedInfo, version)),
  })
  app.get('/docs', async (_request, reply) => reply.redirect('/docs/', 301))
  serveKept(app, '/docs/', { type: 'text/html; charset=utf-8', make: () => askScalar(hasLab, '/docs/') })
  // Next to the page, as the page asks for it.
  const script = '/docs/js/scalar.js'
  serveKept(app, script, { type: 'text/javascript; charset=utf-8', make: () => askScalar(hasLab, script) })
}

/** Scalar as it stands writes its page, and copies its script of 5 MB, for each request. It is loaded for whoever asks for the page. */
async function askScalar(hasLab: boolean, url: string): Promise<Buffer> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const app = Fastify()
  await app.register(scalar, { routePrefix: '/docs', configuration: pageOf(hasLab) })
  const { rawPayload } = await app.inject(url)
  return rawPayload
}

/** Nothing on the page leads to another host's services. */
const pageOf = (hasLab: boolean): NonNullable<FastifyApiReferenceOptions['configuration']> => ({
  pageTitle: 'Prilavok',
  sources: [
    { title: "The shop's side", slug: 'shop', url: '/openapi.json', default: true },
    { title: "The buyer's side", slug: 'buyer', url: '/buyer/openapi.json' },
    { title: "The marketplace's side", slug: 'admin', url: '/admin/openapi.json' },
    ...(hasLab ? [{ title: 'The lab', slug: 'lab', url: '/lab/openapi.json' }] : []),
  ],
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
})
