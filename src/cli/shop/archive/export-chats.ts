import { type Progress, syncChats } from '#client'
import { systemClock } from '#kit'
import { formatDuration } from '../../terminal/format-units.ts'
import { paint, print, printJson, say } from '../../terminal/print.ts'
import { bar, ProgressLine } from '../../terminal/progress-line.ts'
import type { Texts } from '../../texts/index.ts'
import type { Shop, ShopFlags } from '../session/open-shop.ts'
import { problemReporter } from '../session/problem-reporter.ts'
import { exitCodes, runForShop } from '../session/run-shop.ts'
import { openArchive } from './archive.ts'
import { downloadFiles } from './download-files.ts'
import type { Format } from './formats.ts'
import { writeOutputs } from './outputs.ts'

export type ExportFlags = ShopFlags & { format: Format; out: string }

/** Copies all chats and files into a folder. Whatever stops it, the next run goes on from there. */
export async function exportChats({ format, out, ...flags }: ExportFlags): Promise<void> {
  await runForShop(flags, async shop => {
    const { market, texts, signal, access, isJson } = shop
    const progress = new ProgressLine()
    try {
      const { businessId } = market
      const archive = await openArchive(out, { businessId, baseUrl: access.baseUrl, texts })
      await mirror(shop, archive.store, progress)
      const { files, missing } = await downloadFiles({
        ...{ market, archive, signal },
        onProgress: (done, known) => progress.show(formatFiles(done, known, texts)),
      })
      progress.show(texts.export.writing)
      const paths = await writeOutputs(archive, { format, texts, businessId, signal })
      const counts = { ...(await archive.store.counts()), files: files - missing, missing }
      progress.clear()
      if (isJson) printJson({ ...counts, paths })
      else tell(counts, paths, texts)
      return missing === 0 ? 0 : exitCodes.toMend
    } catch (error) {
      progress.clear()
      if (signal.aborted && !isJson) say(texts.export.stopped)
      throw error
    }
  })
}

async function mirror(shop: Shop, store: Parameters<typeof syncChats>[1], line: ProgressLine) {
  const { market, signal, texts } = shop
  const onProgress = (progress: Progress) => line.show(formatProgress(progress, texts))
  await syncChats(market, store, {
    once: true,
    signal,
    onProgress,
    onProblem: problemReporter(shop, line),
  })
}

export function formatProgress({ phase, chatsDone, chatsKnown, messages, endsAt }: Progress, texts: Texts): string {
  const number = (n: number) => new Intl.NumberFormat(texts.language).format(n)
  const counts = texts.export.progress(number(chatsDone), chatsKnown, texts.count.messages(messages))
  if (phase === 'listing') return `${texts.export.listing}: ${texts.count.chats(chatsKnown)}`
  const what = phase === 'verifying' ? texts.verify.checking : texts.export.reading
  const leftMs = endsAt && endsAt.getTime() - systemClock.now().getTime()
  const left = leftMs === undefined ? '' : ` · ${texts.export.left(formatDuration(leftMs, texts.language))}`
  return `${bar(chatsDone, chatsKnown)}  ${what}: ${counts}${left}`
}

function formatFiles(done: number, known: number, texts: Texts): string {
  return `${bar(done, known)}  ${texts.export.files}: ${texts.export.ofFiles(`${done}`, `${known}`)}`
}

type Counts = { chats: number; messages: number; files: number; missing: number }

function tell({ chats, messages, files, missing }: Counts, paths: readonly string[], { count, ...texts }: Texts): void {
  const place = paths.join(', ')
  print(texts.export.done(count.chats(chats), count.messages(messages), count.files(files), paint('bold', place)))
  if (missing > 0) say(`prilavok: ${texts.export.filesMissing(count.files(missing))}`)
}
