import { verifySync } from '#client'
import { print, printJson, say } from '../../terminal/print.ts'
import { onOneLine } from '../../terminal/printable.ts'
import { ProgressLine } from '../../terminal/progress-line.ts'
import type { ShopFlags } from '../session/open-shop.ts'
import { exitCodes, runForShop } from '../session/run-shop.ts'
import { requireArchive } from './archive.ts'
import { listFiles } from './download-files.ts'
import { formatProgress } from './export-chats.ts'

export type VerifyFlags = ShopFlags & { out: string }

/** Reads everything again and compares it with an exported folder. Exit code 1 if anything is missing or different. */
export async function verifyExport({ out, ...flags }: VerifyFlags): Promise<void> {
  await runForShop(flags, async ({ market, texts, signal, access, isJson }) => {
    const { businessId } = market
    const archive = await requireArchive(out, { businessId, baseUrl: access.baseUrl, texts })
    const progress = new ProgressLine()
    const onProgress = (told: Parameters<typeof formatProgress>[0]) => progress.show(formatProgress(told, texts))
    const found = await verifySync(market, archive.store, { onProgress, signal }).finally(() => progress.clear())
    const filesMissing = (await listFiles(archive)).wanted.length
    const isGood = found.missing + found.different + filesMissing === 0
    if (isJson) printJson({ ...found, filesMissing })
    else {
      const { chats, messages } = texts.count
      print(texts.verify.result(chats(found.chats), messages(found.messages), found.missing, found.different))
      for (const detail of found.details) print(`  ${onOneLine(detail)}`)
      if (filesMissing > 0) print(texts.verify.filesMissing(texts.count.files(filesMissing)))
      if (!isGood) say(`prilavok: ${texts.verify.mend}`)
    }
    return isGood ? 0 : exitCodes.toMend
  })
}
