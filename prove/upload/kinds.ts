import type { Outcome } from '../evidence/history.ts'

export const boundary = 'a-boundary-of-a-proof'
const filePart = (name = 'file', filename = 'notes.bin') =>
  Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\n\r\n`)
const field = Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="note"\r\n\r\nx\r\n`)
const end = Buffer.from(`\r\n--${boundary}--\r\n`)

export const wholeForm = (bytes: Buffer): Buffer => Buffer.concat([filePart(), bytes, end])

const chunk = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
const chunked = { 'transfer-encoding': 'chunked' }
const lastChunk = Buffer.from('0\r\n\r\n')

/** How a file is sent, and what must come of it: `fail` is not there in the end, even if nobody was told. */
export type UploadKind = {
  name: string
  outcome: Outcome
  body(bytes: Buffer): Buffer
  /** Instead of the length of the body and the type of a form. */
  headers?(body: Buffer): Record<string, string>
  /** The sender closes its side after the body. */
  isEnded?: true
}

const length = (more: number) => (body: Buffer) => ({ 'content-length': `${body.length + more}` })
const type = (text: string) => (body: Buffer) => ({ 'content-length': `${body.length}`, 'content-type': text })

export const uploadKinds: readonly UploadKind[] = [
  { name: 'as it should be', outcome: 'ok', body: wholeForm },
  {
    name: 'in chunks',
    outcome: 'ok',
    headers: () => chunked,
    body: bytes =>
      Buffer.concat([chunk(wholeForm(bytes).subarray(0, 90)), chunk(wholeForm(bytes).subarray(90)), lastChunk]),
  },
  {
    name: 'with a field before and after',
    outcome: 'ok',
    body: bytes => Buffer.concat([field, filePart(), bytes, Buffer.from('\r\n'), field.subarray(0, -2), end]),
  },
  {
    name: 'with a name of another place',
    outcome: 'ok',
    body: bytes => Buffer.concat([filePart('file', '../../../etc/passwd'), bytes, end]),
  },
  {
    name: 'without a type',
    outcome: 'ok',
    headers: body => ({ 'content-length': `${body.length}`, 'content-type': '' }),
    body: wholeForm,
  },
  {
    name: 'with two files',
    outcome: 'fail',
    body: bytes => Buffer.concat([filePart(), bytes, Buffer.from('\r\n'), filePart(), bytes, end]),
  },
  { name: 'in a part of another name', outcome: 'fail', body: bytes => Buffer.concat([filePart('other'), bytes, end]) },
  { name: 'without its last boundary', outcome: 'fail', body: bytes => Buffer.concat([filePart(), bytes]) },
  { name: 'with half a last boundary', outcome: 'fail', body: bytes => wholeForm(bytes).subarray(0, -9) },
  {
    name: 'with another boundary',
    outcome: 'fail',
    headers: type('multipart/form-data; boundary=other'),
    body: wholeForm,
  },
  { name: 'without a boundary', outcome: 'fail', headers: type('multipart/form-data'), body: wholeForm },
  { name: 'as JSON', outcome: 'fail', headers: type('application/json'), body: wholeForm },
  { name: 'with no file in it', outcome: 'fail', body: () => Buffer.concat([field.subarray(0, -2), end]) },
  { name: 'with an empty file', outcome: 'fail', body: () => wholeForm(Buffer.alloc(0)) },
  {
    name: 'a byte too big',
    outcome: 'fail',
    body: bytes => wholeForm(Buffer.concat([bytes, Buffer.alloc(5 * 1024 * 1024 + 1 - bytes.length, 7)])),
  },
  { name: 'with a length that is too big', outcome: 'fail', headers: length(500), body: wholeForm, isEnded: true },
  { name: 'with a length that is too small', outcome: 'fail', headers: length(-40), body: wholeForm },
  {
    name: 'in chunks without the last',
    outcome: 'fail',
    headers: () => chunked,
    body: bytes => chunk(wholeForm(bytes)),
    isEnded: true,
  },
  {
    name: 'in chunks of which one is cut',
    outcome: 'fail',
    headers: () => chunked,
    body: bytes => chunk(wholeForm(bytes)).subarray(0, -60),
    isEnded: true,
  },
  {
    name: 'in chunks that are none',
    outcome: 'fail',
    headers: () => chunked,
    body: bytes => Buffer.concat([chunk(wholeForm(bytes).subarray(0, 90)), Buffer.from('zz\r\n')]),
  },
  {
    name: 'compressed, as it says',
    outcome: 'fail',
    headers: body => ({ 'content-length': `${body.length}`, 'content-encoding': 'gzip' }),
    body: wholeForm,
  },
]
