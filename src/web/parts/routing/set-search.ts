import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'

/** Changes what stands after `?` in the address of the page that is open; undefined takes a part of it away. */
export function useSetSearch<Search extends object>(): (change: Search) => void {
  const navigate = useNavigate()
  return useCallback(
    change => void navigate({ to: '.', search: before => ({ ...before, ...change }), replace: true }),
    [navigate],
  )
}
