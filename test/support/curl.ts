/** Sends the lines of curl that we print, also where there is no curl. Knows -s, -X, -H, -d and -F name=@file, and nothing else. */
import { execFileSync, spawnSync } from 'node:child_process'
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { ask } from './http.ts'

type CurlCall = {
  url: string
  verb?: string
  headers: Record<string, string>
  data?: string
  form?: Record<string, string>
}

/** Reads a line as sh and curl would. Throws on what it does not know. */
export function readCurl(line: string): CurlCall {
  const [program, ...words] = readWords(line)
  if (program !== 'curl') throw new Error(`it is no line of curl: ${line}`)
  const call: CurlCall = { url: '', headers: {} }
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-s') continue
    if (!word.startsWith('-')) call.url = word
    else readOption(call, word, words.shift() ?? '')
  }
  return call
}

function readOption(call: CurlCall, option: string, value: string): void {
  const [, name = '', rest = ''] = /^([^:=]+)(?:: ?|=@)(.*)$/s.exec(value) ?? []
  if (option === '-H') call.headers[name.toLowerCase()] = rest
  else if (option === '-d') call.data = value
  else if (option === '-X') call.verb = value
  else if (option === '-F') call.form = { ...call.form, [name]: rest }
  else throw new Error(`curl's option ${option} is not known here`)
}

/** Splits as sh does: '…' as it stands, "…" without variables, \ before one character. */
function readWords(line: string): string[] {
  const parts = [...line.matchAll(/'([^']*)'|"([^"$`\\]*)"|\\(.)|([^\s'"\\$`|&;<>()*?#~]+)|(\s+)|(.)/gs)]
  const words = ['']
  for (const [text, single, double, escaped, plain, space] of parts) {
    const piece = single ?? double ?? escaped ?? plain
    if (piece === undefined && !space) throw new Error(`sh's ${text} is not known here: ${line}`)
    if (space) words.push('')
    else words.push(words.pop() + (piece ?? ''))
  }
  return words.filter(word => word !== '')
}

/** Sends the line as curl would; returns the answer's text. */
async function sendCurl(line: string): Promise<string> {
  const { url, verb, headers, data, form } = readCurl(line)
  if (form) return (await ask(url, { method: 'POST', headers, body: await fill(form) })).text
  const method = verb ?? (data === undefined ? 'GET' : 'POST')
  return (await ask(url, { method, headers, ...(data !== undefined && { body: data }) })).text
}

async function fill(form: Record<string, string>): Promise<FormData> {
  const filled = new FormData()
  for (const [name, path] of Object.entries(form)) filled.set(name, await openAsBlob(path), basename(path))
  return filled
}

/** The ways to send such a line: our own, and curl itself where the machine has it. */
export function waysOfCurl(): ((line: string) => Promise<string> | string)[] {
  const hasCurl = spawnSync('curl', ['--version']).status === 0
  return hasCurl ? [sendCurl, line => execFileSync('sh', ['-c', line], { encoding: 'utf8' })] : [sendCurl]
}
