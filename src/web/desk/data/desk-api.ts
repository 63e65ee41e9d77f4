import type { DeskApi } from '#desk-protocol'
import { type AnswerIn, type BodyIn, type CallsUnder, makeApi, type SentIn } from '../../parts/http/api.ts'

/** By this header the desk knows its own pages from a forged request. */
export const deskHeaders = { 'x-prilavok-desk': '1' }
export const eventsUrl = '/desk/v1/events'

type Calls = CallsUnder<DeskApi, '/desk/v1'>
export type DeskCall = keyof Calls & string
export type AnswerOf<Call extends DeskCall> = AnswerIn<Calls, Call>
export type BodyOf<Call extends DeskCall> = BodyIn<Calls, Call>
export type Sent<Call extends DeskCall> = SentIn<Calls, Call>
export const callDesk = makeApi<Calls>('/desk/v1', deskHeaders)

/** As a spreadsheet of this language opens it. */
export function repliesCsvUrl(cabinetId: string, language: string): string {
  return `/desk/v1/replies.csv?${new URLSearchParams({ cabinetId, language })}`
}
