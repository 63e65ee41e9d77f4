import scalar, { type FastifyApiReferenceOptions } from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'
import { ErrorResponse, type OpenApiInfo, openApiDocument, operations } from '#contract'

const publishedInfo: OpenApiInfo = {
  title: 'Prilavok: the chats API',
  description: "The chats of a marketplace, as Yandex.Market's partner API has them. Send a key in the Api-Key header.",
  securitySchemes: { ApiKey: { type: 'apiKey', name: 'Api-Key', in: 'header' } },
  refusalType: 'application/json',
  refusal: ErrorResponse,
}

/** `/openapi.json`, made from the contract, and `/docs`, the same as a page that asks no other host for anything. */
export async function registerDocuments(
  app: FastifyInstance,
  { version, hasLab }: { version: string; hasLab: boolean },
): Promise<void> {
  const document = openApiDocument(Object.values(operations), publishedInfo, version)
  app.get('/openapi.json', async () => document)
  await app.register(scalar, { routePrefix: '/docs', configuration: pageOf(hasLab) })
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
