import type { AdminApi, BuyerApi, LabApi } from '#market-protocol'
import { type AnswerIn, type BodyIn, type CallsUnder, makeApi, type SentIn } from '../../parts/http/api.ts'

/** By this header the market knows the console's session from a forged request. */
export const consoleHeaders = { 'x-prilavok-console': '1' }

type AdminCalls = CallsUnder<AdminApi, '/admin/v1'>
export type AdminCall = keyof AdminCalls & string
export type AnswerOf<Call extends AdminCall> = AnswerIn<AdminCalls, Call>
export type Sent<Call extends AdminCall> = SentIn<AdminCalls, Call>
export const callAdmin = makeApi<AdminCalls>('/admin/v1', consoleHeaders)

type LabCalls = CallsUnder<LabApi, '/lab/v1'>
export type LabCall = keyof LabCalls & string
export type LabAnswerOf<Call extends LabCall> = AnswerIn<LabCalls, Call>
export type LabBodyOf<Call extends LabCall> = BodyIn<LabCalls, Call>
export type LabSent<Call extends LabCall> = SentIn<LabCalls, Call>
export const callLab = makeApi<LabCalls>('/lab/v1', consoleHeaders)

type BuyerCalls = CallsUnder<BuyerApi, '/buyer/v1'>
export type BuyerCall = keyof BuyerCalls & string
export type BuyerAnswerOf<Call extends BuyerCall> = AnswerIn<BuyerCalls, Call>
export type BuyerSent<Call extends BuyerCall> = SentIn<BuyerCalls, Call>
/** Called with the token of a customer, never with the console's session. */
export const callBuyer = makeApi<BuyerCalls>('/buyer/v1', consoleHeaders)

/** Who is signed in, and what this market is. */
type Session = { signedIn: boolean; version: string; hasLab: boolean }
type SessionCalls = {
  'GET /session': { answer: Session }
  'POST /session': { body: { ticket: string } | { adminToken: string }; answer: unknown }
  'DELETE /session': { answer: unknown }
}
export const callConsole = makeApi<SessionCalls>('/console', consoleHeaders)
