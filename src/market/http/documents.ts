import scalar from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'
import { ErrorResponse, headers, type OpenApiInfo, openApiDocument, operations } from '#contract'

export const publishedInfo: OpenApiInfo = {
  title: 'Prilavok: the chats API',
  description: "The chats of a marketplace, as Yandex.Market's partner API has them. Send a key in the Api-Key header.",
  securitySchemes: { ApiKey: { type: 'apiKey', name: headers.apiKey, in: 'header' } },
  refusalType: 'application/json',
  refusal: ErrorResponse,
}

/** `/openapi.json`, made from the contract, and `/docs`, the same as a page that asks no other host for anything. */
export async function registerDocuments(app: FastifyInstance, version: string): Promise<void> {
  const document = openApiDocument(Object.values(operations), publishedInfo, version)
  app.get('/openapi.json', async () => document)
  await app.register(scalar, {
    routePrefix: '/docs',
    configuration: { url: '/openapi.json', withDefaultFonts: false, telemetry: false, hideClientButton: true },
  })
}
