import { Problem } from '#kit'
import { languageOf, type Texts, textsOf } from '../../texts/index.ts'
import { explainError } from './explain-error.ts'
import { openShop, type Shop, type ShopFlags } from './open-shop.ts'

/** What a shop's command ends with, besides 0, 1 for a Problem and 2 for wrong usage. */
export const exitCodes = { toMend: 1, unknown: 3, interrupted: 130 } as const

type Ended = number | undefined
type Work = { texts: Texts; signal: AbortSignal }

const stopped = new Error('Ctrl-C')

/** Runs a command in the reader's language; Ctrl-C aborts it cleanly, a second one ends the process. */
export async function runInWords(work: (own: Work) => Promise<Ended>): Promise<void> {
  const texts = textsOf(languageOf(process.env))
  const { signal, release } = stopSignal()
  try {
    process.exitCode = (await work({ texts, signal })) ?? 0
  } catch (error) {
    if (signal.aborted && !(error instanceof Problem)) process.exitCode = exitCodes.interrupted
    else throw explainError(error, texts)
  } finally {
    release()
  }
}

/** The same for a command that talks to the market of the shop. */
export async function runForShop(flags: ShopFlags, work: (shop: Shop) => Promise<Ended>): Promise<void> {
  await runInWords(async own => {
    const shop = await openShop(flags, own)
    try {
      return await work(shop)
    } catch (error) {
      throw own.signal.aborted ? error : explainError(error, own.texts, shop.place.baseUrl)
    }
  })
}

function stopSignal(): { signal: AbortSignal; release(): void } {
  const stop = new AbortController()
  const signals = ['SIGINT', 'SIGTERM'] as const
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(exitCodes.interrupted)
    stop.abort(stopped)
  }
  for (const name of signals) process.on(name, onSignal)
  return {
    signal: stop.signal,
    release() {
      for (const name of signals) process.off(name, onSignal)
    },
  }
}
