import type { FastifyInstance } from 'fastify'
import { chooseLanguage } from '#serving'
import { landingPage, type PlaceLink } from './page.ts'
import { languages } from './texts.ts'
import { wantsPage } from './wanted.ts'

type LandingNeeds = {
  version: string
  /** The address of the desk that is served beside the market, once it is. */
  findDesk: () => string | undefined
}

const always = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/** `/` for a person's browser: what is here. To whom else it is a path that is not there. */
export function registerLanding(app: FastifyInstance, { version, findDesk }: LandingNeeds): void {
  app.get('/', async ({ headers }, reply) => {
    reply.header('vary', 'accept, accept-language')
    if (!wantsPage(headers.accept)) return reply.callNotFound()
    const page = landingPage(chooseLanguage(headers['accept-language'], languages), placesOf(app, findDesk()), version)
    return reply.headers(always).type('text/html; charset=utf-8').send(page)
  })
}

function placesOf(app: FastifyInstance, desk: string | undefined): PlaceLink[] {
  const hasGuide = ['/guide', '/guide/', '/guide/*'].some(url => app.hasRoute({ method: 'GET', url }))
  return [
    { place: 'console', href: '/console' },
    ...(desk === undefined ? [] : [{ place: 'desk', href: desk } as const]),
    { place: 'docs', href: '/docs/' },
    ...(hasGuide ? [{ place: 'guide', href: '/guide' } as const] : []),
  ]
}
