import { ruCheck } from './ru-check.ts'
import { ruConformance } from './ru-conformance.ts'
import { ruCoverage } from './ru-coverage.ts'
import { ruHelp } from './ru-help.ts'
import { ruLocal } from './ru-local.ts'
import { ruLocalHelp } from './ru-local-help.ts'
import { ruProblems } from './ru-problems.ts'
import { ruShop } from './ru-shop.ts'
import { ruRecord, ruRecordHelp, ruState, ruStateHelp } from './ru-state.ts'
import { ruTools, ruToolsHelp } from './ru-tools.ts'
import type { Texts } from './texts.ts'

export const ru: Texts = {
  language: 'ru',
  help: { ...ruHelp, ...ruLocalHelp, state: ruStateHelp, ...ruRecordHelp, ...ruToolsHelp },
  ...ruShop,
  ...ruLocal,
  ...ruTools,
  check: ruCheck,
  conformance: ruConformance,
  coverage: ruCoverage,
  state: ruState,
  record: ruRecord,
  problems: ruProblems,
}
