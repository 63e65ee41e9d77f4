type Asked = { method: string; mode: string; path: string }

const api = '/desk/v1'

/**
 * Who answers a request of the desk's pages: `page`, the network, and without one the page that says so; `file`, what is kept of
 * this build; `network`, as if there were no worker. What people have written is never kept.
 */
export function handlerOf({ method, mode, path }: Asked, files: readonly string[]): 'page' | 'file' | 'network' {
  if (method !== 'GET' || path === api || path.startsWith(`${api}/`)) return 'network'
  if (mode === 'navigate') return 'page'
  return files.includes(path) ? 'file' : 'network'
}
