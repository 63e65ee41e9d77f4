import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { SendUnknown } from '#client'
import { fileMaxBytes } from '#contract'
import { codeOf, Problem } from '#kit'
import { formatBytes } from '../../terminal/format-units.ts'
import { print, printJson, say } from '../../terminal/print.ts'
import { onOneLine } from '../../terminal/printable.ts'
import { bar, ProgressLine } from '../../terminal/progress-line.ts'
import type { Texts } from '../../texts/index.ts'
import type { ShopFlags } from '../session/open-shop.ts'
import { exitCodes, runForShop } from '../session/run-shop.ts'

const chunkSent = 'undici:request:bodyChunkSent'

/** Sends a file as a message of its own. */
export async function sendFile(chatId: bigint, path: string, flags: ShopFlags): Promise<void> {
  await runForShop(flags, async ({ market, texts, signal, isJson }) => {
    const blob = await readFile(path, texts)
    const name = basename(path)
    const progress = new ProgressLine()
    const label = texts.send.sendingFile(onOneLine(name))
    const unwatch = watchUpload(done => progress.show(`${label}  ${bar(done, blob.size)}`))
    try {
      await market.messages.sendFile(chatId, { name, data: blob }, { signal })
    } catch (error) {
      if (!(error instanceof SendUnknown)) throw error
      if (isJson) printJson({ chatId, state: 'unknown' })
      else say(`prilavok: ${texts.send.unknown(`${chatId}`)}`)
      return exitCodes.unknown
    } finally {
      unwatch()
      progress.clear()
    }
    if (isJson) printJson({ chatId, state: 'sent' })
    else print(texts.send.fileSent(onOneLine(name), `${chatId}`))
    return 0
  })
}

async function readFile(path: string, { send, errors, language }: Texts): Promise<Blob> {
  const found = await stat(path).catch(error => {
    throw new Problem(errors.file(onOneLine(path), codeOf(error) ?? ''), { cause: error })
  })
  if (!found.isFile()) throw new Problem(send.notAFile(path))
  if (found.size === 0) throw new Problem(send.emptyFile(onOneLine(basename(path))))
  if (found.size > fileMaxBytes)
    throw new Problem(send.tooBig(onOneLine(basename(path)), formatBytes(fileMaxBytes, language)))
  return openAsBlob(path)
}

/** Tells how many bytes of request bodies have gone out, by a channel on which Node's fetch reports; there is none, no bar. */
function watchUpload(show: (doneBytes: number) => void): () => void {
  let doneBytes = 0
  const onChunk = (report: unknown) => {
    doneBytes += sizeOf(report)
    show(doneBytes)
  }
  subscribe(chunkSent, onChunk)
  return () => unsubscribe(chunkSent, onChunk)
}

function sizeOf(report: unknown): number {
  const chunk = typeof report === 'object' && report !== null && 'chunk' in report ? report.chunk : undefined
  return chunk instanceof Uint8Array ? chunk.byteLength : 0
}
