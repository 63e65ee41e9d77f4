import type { ErrorCode } from '#contract'
import type { Difference, Source } from '../findings/finding.ts'
import { choice, contract, observed } from '../findings/sources.ts'
import type { Reply } from '../http/call.ts'
import type { Probe } from '../probe/probe.ts'
import { field, items } from '../scene/read.ts'
import { compare, differ, type Expectation } from './expectation.ts'
import type { Refused } from './words.ts'

const envelope = '{"status":"ERROR","errors":[{"code":"…","message":"…"}]}'

const silentCodes = choice('error codes of 400 and 420')
const sourceOfCode: Partial<Record<ErrorCode, Source>> = {
  BAD_REQUEST: silentCodes,
  LIMIT_EXCEEDED: silentCodes,
  NOT_FOUND: observed,
  METHOD_NOT_ALLOWED: observed,
  API_DISABLED: observed,
}

/** Refused with this status, in the envelope, with this code and these words. */
export const refused =
  (expected: Refused | ((probe: Probe) => Refused)) =>
  (source: Source): Expectation =>
  (reply, probe) => {
    const { status, code, messages, words } = typeof expected === 'function' ? expected(probe) : expected
    if (reply.status !== status) return [differ(reply, { at: 'status', expected: status, got: reply.status, source })]
    const errors = items(reply.json, 'errors')
    if (field(reply.json, 'status') !== 'ERROR' || !errors.every(isError) || errors.length === 0)
      return [differ(reply, { at: 'body', expected: envelope, got: reply.text, source: contract.errors })]
    const codeSource = sourceOfCode[code] ?? contract.errors
    const codes = [...new Set(errors.map(error => error.code))].join(', ')
    return [
      ...compare(reply, { at: 'errors[].code', expected: code, got: codes, source: codeSource }),
      ...compareMessages(reply, { errors, messages, words }),
    ]
  }

type ErrorOnWire = { code: string; message: string }

function isError(value: unknown): value is ErrorOnWire {
  return typeof field(value, 'code') === 'string' && typeof field(value, 'message') === 'string'
}

function compareMessages(
  reply: Reply,
  { errors, messages, words: source }: { errors: readonly ErrorOnWire[] } & Pick<Refused, 'messages' | 'words'>,
): Difference[] {
  const got = errors.map(({ message }) => message)
  const fits =
    got.length === messages.length &&
    messages.every((message, at) => (typeof message === 'string' ? message === got[at] : message.test(got[at] ?? '')))
  const expected = messages.map(message => (typeof message === 'string' ? message : message.source)).join(' · ')
  return fits ? [] : [differ(reply, { at: 'errors[].message', expected, got: got.join(' · '), source })]
}
