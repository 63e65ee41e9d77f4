import { operations } from '#contract'

const [version = ''] = /^\/v\d+/.exec(operations.getCampaigns.path) ?? []
const roots = new Set(Object.values(operations).map(({ path }) => path.split('/')[2]))
const unversioned = new RegExp(`^/(${[...roots].join('|')})(?=[/.]|$)`)
const suffix = '.json'

/** Four forms of a published path are legal: with and without `/v2`, with and without `.json`. This is the one inside. */
export function canonicalUrl(url: string): string {
  const question = url.indexOf('?')
  const path = question < 0 ? url : url.slice(0, question)
  const query = question < 0 ? '' : url.slice(question)
  const versioned = unversioned.test(path) ? version + path : path
  if (!versioned.startsWith(`${version}/`)) return url
  return (versioned.endsWith(suffix) ? versioned.slice(0, -suffix.length) : versioned) + query
}
