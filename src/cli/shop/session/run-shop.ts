import { Problem } from '#kit'
import { Interrupt, interruptedCode } from '../../terminal/interrupt.ts'
import { languageOf, type Texts, textsOf } from '../../texts/index.ts'
import { explainError } from './explain-error.ts'
import { openShop, type Shop, type ShopFlags } from './open-shop.ts'

/** What a shop's command ends with, besides 0, 1 for a Problem, 2 for wrong usage and 130 for Ctrl-C. */
export const exitCodes = { toMend: 1, unknown: 3 } as const

type Ended = number | undefined
type Work = { texts: Texts; signal: AbortSignal }

/** Runs a command in the reader's language; Ctrl-C aborts it cleanly, a second one ends the process. */
export async function runInWords(work: (own: Work) => Promise<Ended>): Promise<void> {
  const texts = textsOf(languageOf(process.env))
  using interrupt = new Interrupt()
  const { signal } = interrupt
  try {
    process.exitCode = (await work({ texts, signal })) ?? 0
  } catch (error) {
    if (signal.aborted && !(error instanceof Problem)) process.exitCode = interruptedCode
    else throw explainError(error, texts)
  }
}

/** The same for a command that talks to the market of the shop. */
export async function runForShop(flags: ShopFlags, work: (shop: Shop) => Promise<Ended>): Promise<void> {
  await runInWords(async own => {
    const shop = await openShop(flags, own)
    try {
      return await work(shop)
    } catch (error) {
      throw own.signal.aborted ? error : explainError(error, own.texts, shop.access.baseUrl)
    }
  })
}
