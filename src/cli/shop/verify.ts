import { verifySync } from '#client'
import { requireArchive } from './archive/archive.ts'
import { listFiles } from './archive/download-files.ts'
import { spellProgress } from './export.ts'
import { print, printJson, say } from './print.ts'
import { onOneLine } from './printable.ts'
import { ProgressLine } from './progress.ts'
import { exitCodes, runForShop } from './run-shop.ts'
import type { ShopFlags } from './shop.ts'

export type VerifyFlags = ShopFlags & { out: string }

/** Reads everything again and compares it with an exported folder. Exit code 1 if anything is missing or different. */
export async function verifyExport({ out, ...flags }: VerifyFlags): Promise<void> {
  await runForShop(flags, async ({ market, texts, signal, place, isJson }) => {
    const { businessId } = market
    const archive = await requireArchive(out, { businessId, baseUrl: place.baseUrl, texts })
    const progress = new ProgressLine()
    const onProgress = (told: Parameters<typeof spellProgress>[0]) => progress.show(spellProgress(told, texts))
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
