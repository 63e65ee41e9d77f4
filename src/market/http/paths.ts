const publishedRoots = /^\/(businesses|campaigns|auth)(?=[/.?]|$)/

/** Four forms of a published path are legal: with and without `/v2`, with and without `.json`. This is the one inside. */
export function canonicalUrl(url: string): string {
  const question = url.indexOf('?')
  const path = question < 0 ? url : url.slice(0, question)
  const query = question < 0 ? '' : url.slice(question)
  const versioned = publishedRoots.test(path) ? `/v2${path}` : path
  if (!versioned.startsWith('/v2/')) return url
  return (versioned.endsWith('.json') ? versioned.slice(0, -'.json'.length) : versioned) + query
}
