import { operations } from '#contract'

const [version = ''] = /^\/v\d+/.exec(operations.getCampaigns.path) ?? []
const paths = Object.values(operations).map(({ path }) => path)
const roots = new Set(paths.map(path => path.split('/')[2]))
const versions = new Set(paths.map(path => path.split('/')[1]))
const unversioned = new RegExp(`^/(${[...roots].join('|')})(?=[/.]|$)`)
const suffix = '.json'

/**
 * Four forms of a published path are legal: with and without `/v2`, with and without `.json`. This is the one inside. Other
 * versions are never left out.
 */
export function canonicalUrl(url: string): string {
  const question = url.indexOf('?')
  const path = question < 0 ? url : url.slice(0, question)
  const query = question < 0 ? '' : url.slice(question)
  const versioned = unversioned.test(path) ? version + path : path
  if (!versions.has(versioned.split('/', 2)[1])) return url
  return (versioned.endsWith(suffix) ? versioned.slice(0, -suffix.length) : versioned) + query
}
