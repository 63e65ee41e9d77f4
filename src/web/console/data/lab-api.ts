import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { LabApi } from '#market-protocol'
import { callServer } from '../../parts/http/call.ts'

/** The lab API by verb and path without its prefix: `GET /buyers`. */
type Calls = {
  [Name in keyof LabApi as LabApi[Name] extends { verb: infer Verb extends string; path: `/lab/v1${infer Path}` }
    ? `${Verb} ${Path}`
    : never]: LabApi[Name]
}
type LabCall = keyof Calls & string
export type LabAnswerOf<Call extends LabCall> = Calls[Call]['answer']
export type LabBodyOf<Call extends LabCall> = Calls[Call]['body']
type Sent<Call extends LabCall> = { params?: object; query?: object; body?: LabBodyOf<Call> }

export function callLab<Call extends LabCall>(call: Call, sent: Sent<Call> = {}): Promise<LabAnswerOf<Call>> {
  return callServer<LabAnswerOf<Call>>(call.replace(' ', ' /lab/v1'), sent)
}

/** Reads from the lab, and again when something has changed in it. */
export function useLab<Call extends LabCall & `GET ${string}`>(call: Call, query: object = {}) {
  return useQuery({
    // The clock is read by the frame too, under this name.
    queryKey: call === 'GET /clock' ? ['lab', 'clock'] : ['lab', call, query],
    queryFn: ({ signal }) => callServer<LabAnswerOf<Call>>(call.replace(' ', ' /lab/v1'), { query, signal }),
    meta: { topics: ['lab', 'chats'] },
  })
}

type Kind = 'scenario' | 'scenarioNote' | 'persona' | 'intent' | 'fault' | 'target'

/** The name of what the lab knows, in the page's language; what the page does not know, in the lab's own words. */
export function useNames(): (kind: Kind, name: string, otherwise?: string) => string {
  const { t, i18n } = useTranslation('lab')
  return (kind, name, otherwise = name) =>
    i18n.exists(`lab:${kind}_${name}`) ? t(`${kind}_${name}` as 'persona_patient') : otherwise // one that exists
}
