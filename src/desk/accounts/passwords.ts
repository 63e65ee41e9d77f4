import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { AtMost } from '#kit'

/** 19 MiB and two passes, as OWASP recommends. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const
const saltBytes = 16
const maxAtOnce = 4

export const passwordMinLength = 10

const hash = promisify(argon2)
// Each computation holds its memory and a thread.
const turns = new AtMost(maxAtOnce)

type Parameters = { memory: number; passes: number; parallelism: number; tagLength: number }

function compute(password: string, salt: Buffer, parameters: Parameters): Promise<Buffer> {
  // One person's keyboard composes a letter that another's has as one.
  const message = password.normalize('NFKC')
  return turns.run(() => hash('argon2id', { message, nonce: salt, ...parameters }))
}

/** The password as it is kept: a PHC string of Argon2id. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const { memory, passes, parallelism } = cost
  const tag = await compute(password, salt, cost)
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`
}

const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/

// Of no password: it takes the time of one.
const nobody = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Takes the same time when there is no such account, or it has no password. */
export async function isPassword(password: string, kept: string | null | undefined): Promise<boolean> {
  const [, memory, passes, parallelism, salt = '', tag = ''] = form.exec(kept ?? nobody) ?? []
  const expected = Buffer.from(tag, 'base64')
  const parameters = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const made = await compute(password, Buffer.from(salt, 'base64'), { ...parameters, tagLength: expected.length })
  return timingSafeEqual(made, expected) && typeof kept === 'string'
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
