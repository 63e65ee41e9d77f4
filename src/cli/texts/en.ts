import { enCheck } from './en-check.ts'
import { enConformance } from './en-conformance.ts'
import { enCoverage } from './en-coverage.ts'
import { enHelp } from './en-help.ts'
import { enLocal } from './en-local.ts'
import { enLocalHelp } from './en-local-help.ts'
import { enShop } from './en-shop.ts'
import { enRecord, enRecordHelp, enState, enStateHelp } from './en-state.ts'
import { enTools, enToolsHelp } from './en-tools.ts'

/** Problems of the rooms below are told as they are thrown. */
const problems: Record<string, string> = {}

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
