import { keysOf, type OperationName, operations } from '#contract'

/** Every path has its forms without a version and with `.json` as well. */
const patterns = keysOf(operations).map(name => {
  const { verb, path } = operations[name]
  const inner = path.replace(/^\/v\d+/, '').replaceAll(/\{\w+\}/g, '[^/]+')
  return { name, verb, path: new RegExp(`^(?:/v\\d+)?${inner}(?:\\.json)?$`) }
})

/** Which operation of the published API a request is of. */
export function findOperation(method: string, url: string): OperationName | undefined {
  const [path = ''] = url.split('?')
  return patterns.find(pattern => pattern.verb === method && pattern.path.test(path))?.name
}

/** The operations whose bodies are recorded: of orders and the rest nothing but that they were called. */
export function isOfChats(name: OperationName | undefined): boolean {
  return name !== undefined && operations[name].tag === 'chats'
}
