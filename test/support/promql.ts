/** PromQL as Prometheus's own grammar reads it. */
import { parser } from '@prometheus-io/lezer-promql'

export type Selected = { metric: string; labels: string[] }
export type Query = { errors: string[]; selected: Selected[] }

/** What an expression selects: metrics, with the labels that it compares. Grafana's variables are read as a duration or a text. */
export function readQuery(expression: string): Query {
  const text = expression.replaceAll('$__rate_interval', '5m').replaceAll('$job', 'prilavok')
  const query: Query = { errors: [], selected: [] }
  parser.parse(text).iterate({
    enter({ type, from, to, node }) {
      if (type.isError) query.errors.push(`${from}: ${text.slice(from, to + 20)}`)
      if (type.name !== 'VectorSelector') return
      const identifier = node.getChild('Identifier')
      const labels = Array.from(
        text.slice(from, to).matchAll(/[{,]\s*([a-z_]+)\s*(?:=~|!~|!=|=)/g),
        ([, name = '']) => name,
      )
      query.selected.push({ metric: identifier ? text.slice(identifier.from, identifier.to) : '', labels })
    },
  })
  return query
}

/** The metrics in a text of Prometheus's exposition format, with the labels that each has. */
export function readExposition(text: string): Map<string, Set<string>> {
  const metrics = new Map<string, Set<string>>()
  for (const line of text.split('\n')) {
    const [, metric, labels = ''] = /^([a-z_0-9]+)(?:\{(.*)\})? /.exec(line) ?? []
    if (metric === undefined) continue
    const known = metrics.get(metric) ?? new Set()
    for (const [, name = ''] of labels.matchAll(/([a-z_]+)="/g)) known.add(name)
    metrics.set(metric, known)
  }
  return metrics
}
