import { createContext, useContext } from 'react'
import { type AdminCall, type AnswerOf, callAdmin, type Sent } from './admin-api.ts'

/** The cabinet on the screen. */
export const BusinessContext = createContext<string>('')

export function useBusinessId(): string {
  return useContext(BusinessContext)
}

/** Calls of the cabinet on the screen: `{businessId}` is filled in. */
export function useCall(): <Call extends AdminCall>(call: Call, sent?: Sent<Call>) => Promise<AnswerOf<Call>> {
  const businessId = useBusinessId()
  return (call, sent) =>
    callAdmin(call, { ...sent, params: { businessId, ...sent?.params } } as unknown as Sent<typeof call>) // with the one more
}
