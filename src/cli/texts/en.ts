import { enCheck } from './en-check.ts'
import { enConformance } from './en-conformance.ts'
import { enCoverage } from './en-coverage.ts'
import { enHelp } from './en-help.ts'
import { enLocal } from './en-local.ts'
import { enLocalHelp } from './en-local-help.ts'
import { enShop } from './en-shop.ts'
import { enRecord, enRecordHelp, enState, enStateHelp } from './en-state.ts'
import { enTools, enToolsHelp } from './en-tools.ts'

/** Problems of the rooms below are told as they are thrown, but for those that a command can say more of. */
const problems: Record<string, string> = {
  folderInUse:
    '{folder} is in use by process {pid} of {host} since {since}: what runs there opens with "prilavok open desk" or "prilavok open console". To start another, stop that process or give another folder with --data.',
}

export const en = {
  language: 'en' as const,
  help: { ...enHelp, ...enLocalHelp, state: enStateHelp, ...enRecordHelp, ...enToolsHelp },
  ...enShop,
  ...enLocal,
  ...enTools,
  check: enCheck,
  conformance: enConformance,
  coverage: enCoverage,
  state: enState,
  record: enRecord,
  problems,
}
