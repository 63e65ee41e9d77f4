import { useLab } from '../../data/lab.ts'
import type { LabBodyOf } from '../../data/market.ts'

type RefusalName = NonNullable<LabBodyOf<'POST /faults'>['refusal']>

export type PublishedRefusal = { name: RefusalName; words: string }

/** The refusals that a fault can answer with, in their published words; what breaks programs most stands first. */
export function useRefusals(): PublishedRefusal[] {
  const { data } = useLab('GET /coverage')
  return (data?.cases ?? []).flatMap(({ fault, status, message }) =>
    fault?.refusal === undefined ? [] : [{ name: fault.refusal, words: `${status} ${message}` }],
  )
}
