import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MarketOptions, RunningMarket } from '#market'
import { whenOver } from './run-context.ts'
import { collectingLog, startTestMarket } from './test-market.ts'

/** Another market process on a database, for one test. What it logs is kept in `errors`, or nowhere. */
export async function startSecond(
  { databaseUrl }: { databaseUrl: string },
  errors: string[] = [],
  options: Partial<MarketOptions> = {},
): Promise<RunningMarket> {
  const filesFolder = mkdtempSync(join(tmpdir(), 'prilavok-files-'))
  const running = await startTestMarket({ databaseUrl, filesFolder, log: collectingLog(errors), ...options })
  whenOver(async () => {
    await running.stop()
    rmSync(filesFolder, { recursive: true, force: true })
  })
  return running
}
