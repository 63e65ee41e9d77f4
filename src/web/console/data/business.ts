import { createContext, useContext, useMemo } from 'react'
import { type AdminCall, type AnswerOf, callAdmin, type Sent } from './market.ts'

/** The business on the screen. */
export const BusinessContext = createContext<string>('')

export function useBusinessId(): string {
  return useContext(BusinessContext)
}

type BusinessCaller = <Call extends AdminCall>(
  call: Call,
  sent?: Sent<Call>,
  signal?: AbortSignal,
) => Promise<AnswerOf<Call>>

/** Calls of the business on the screen: `{businessId}` is filled in. */
export function useCall(): BusinessCaller {
  const businessId = useBusinessId()
  return useMemo<BusinessCaller>(
    () => (call, sent, signal) => callAdmin(call, sent, { params: { businessId }, signal }),
    [businessId],
  )
}
