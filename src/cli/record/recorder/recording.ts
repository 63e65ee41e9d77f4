import { type FileHandle, open, readFile } from 'node:fs/promises'
import { decode, int32, parseJson, type Static, serializeJson, Type } from '#contract'
import { codeOf, Problem } from '#kit'
import type { Texts } from '../../texts/index.ts'

/** The first line of a recording. */
const Head = Type.Object({
  prilavok: Type.String(),
  version: int32({ minimum: 1, maximum: 1 }),
  target: Type.String(),
  startedAt: Type.String({ format: 'date-time' }),
})
type Head = Static<typeof Head>

/** What was sent and came, as far as it is kept: JSON that was masked, else how many bytes there were. */
export type Body = { json: unknown } | { bytes: number } | undefined

/** A line of a recording. `failure`: what became of the connection, in place of a whole answer. */
export type Exchange = {
  /** Milliseconds since the recording began, when the request came. */
  atMs: number
  durationMs: number
  operation?: string | undefined
  method: string
  url: string
  request?: Body
  status?: number | undefined
  headers?: Record<string, string>
  response?: Body
  failure?: string | undefined
}

const Line = Type.Object({
  atMs: int32({ minimum: 0 }),
  operation: Type.Optional(Type.String()),
  url: Type.String(),
  status: Type.Optional(int32()),
  failure: Type.Optional(Type.String()),
  response: Type.Optional(Type.Object({ json: Type.Optional(Type.Unsafe<object>({ type: 'object' })) })),
})
/** What a replay reads of a line. The answer's JSON is read by its operation. */
export type RecordedLine = Omit<Static<typeof Line>, 'response'> & { answer: unknown }
export type Recording = { head: Head; lines: RecordedLine[] }

const mark = 'recording'

/** Writes lines one after the other. The file is its owner's alone, and is never one that is there. */
export class RecordingFile {
  readonly #handle: FileHandle
  #writing: Promise<unknown> = Promise.resolve()
  #failure: unknown

  private constructor(handle: FileHandle) {
    this.#handle = handle
  }

  static async create(
    path: string,
    head: Pick<Head, 'target' | 'startedAt'>,
    { record }: Texts,
  ): Promise<RecordingFile> {
    const handle = await open(path, 'wx', 0o600).catch(error => {
      const code = codeOf(error) ?? String(error)
      throw new Problem(code === 'EEXIST' ? record.isThere(path) : record.unwritable(path, code), { cause: error })
    })
    const file = new RecordingFile(handle)
    file.#append(serializeJson({ prilavok: mark, version: 1, ...head }))
    return file
  }

  write(exchange: Exchange): void {
    this.#append(serializeJson(exchange))
  }

  /** All lines are in the file. Throws what went wrong with one of them. */
  async close(): Promise<void> {
    await this.#writing
    await this.#handle.close()
    if (this.#failure !== undefined) throw this.#failure
  }

  #append(line: string): void {
    this.#writing = this.#writing
      .then(() => this.#handle.appendFile(`${line}\n`))
      .catch(error => {
        this.#failure ??= error
      })
  }
}

/** Reads a recording; a last line that was cut off is left out. Throws a Problem that names the line. */
export async function readRecording(path: string, { record }: Texts): Promise<Recording> {
  const text = await readFile(path, 'utf8').catch(error => {
    throw new Problem(record.unreadable(path, codeOf(error) ?? String(error)), { cause: error })
  })
  const [first = '', ...rest] = text.split('\n')
  const head = decodeLine(Head, first)
  if (head?.prilavok !== mark) throw new Problem(record.noRecording(path))
  const whole = text.endsWith('\n') ? rest.slice(0, -1) : rest.slice(0, -1)
  const lines = whole.map((line, index) => {
    const read = readLine(line)
    if (!read) throw new Problem(record.badLine(path, index + 2))
    return read
  })
  return { head, lines }
}

function readLine(text: string): RecordedLine | undefined {
  const line = decodeLine(Line, text)
  const parsed = parseJson(text)
  if (!line || !parsed.ok) return undefined
  const { response: _, ...facts } = line
  const value = parsed.value as { response?: { json?: unknown } } // its form was just read
  return { ...facts, answer: value.response?.json }
}

function decodeLine<S extends Parameters<typeof decode>[0]>(schema: S, text: string): Static<S> | undefined {
  const parsed = parseJson(text)
  const read = decode(schema, parsed.ok ? parsed.value : undefined)
  return read.ok ? read.value : undefined
}
