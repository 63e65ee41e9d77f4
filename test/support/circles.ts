export type Graph = ReadonlyMap<string, ReadonlySet<string>>

/** The sets of nodes that reach each other (Tarjan's strongly connected components of more than one node). */
export function findCircles(graph: Graph): string[][] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const circles: string[][] = []
  const lowest = (node: string, other: number | undefined) =>
    void low.set(node, Math.min(low.get(node) ?? 0, other ?? Number.POSITIVE_INFINITY))
  const visit = (node: string) => {
    order.set(node, order.size)
    low.set(node, order.get(node) ?? 0)
    stack.push(node)
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) {
        visit(next)
        lowest(node, low.get(next))
      } else if (stack.includes(next)) lowest(node, order.get(next))
    }
    if (low.get(node) !== order.get(node)) return
    const circle = stack.splice(stack.indexOf(node))
    if (circle.length > 1) circles.push(circle.sort())
  }
  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return circles
}
