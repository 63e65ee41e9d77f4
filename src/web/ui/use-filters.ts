import { useNavigate, useSearch } from '@tanstack/react-router'

/** What the page's address says after `?`: filters and choices, kept over reloads and links. */
export function useFilters<const Name extends string>(...names: readonly Name[]) {
  const search: Record<string, string> = useSearch({ strict: false })
  const navigate = useNavigate()
  const filters = Object.fromEntries(names.map(name => [name, search[name] ?? ''])) as Record<Name, string> // of names
  const set = (change: Partial<Record<Name, string | undefined>>) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...change }) as never, replace: true })
  return [filters, set] as const
}
