import { resolve } from 'node:path'
import displayWidth from 'string-width'
import { keysOf } from '#contract'
import { systemClock } from '#kit'
import { refuseFolder } from '../data/refuse-folder.ts'
import type { ServeFlags } from '../serve/serve.ts'
import { padTo } from '../terminal/columns.ts'
import { paint, print, printJson } from '../terminal/print.ts'
import { onOneLine } from '../terminal/printable.ts'
import type { Texts } from '../texts/index.ts'
import { checks } from './checks.ts'
import { findAddress } from './facts/find-address.ts'
import { findDatabase } from './facts/find-database.ts'
import { findFiles } from './facts/find-files.ts'
import { findMachine } from './facts/find-machine.ts'
import { findSecret } from './facts/find-secret.ts'
import type { Subject } from './facts/subject.ts'
import type { Finding, Verdict } from './looks/look.ts'

/** Looks at what a market with these flags would meet, starts and changes nothing. Exit code 1 if anything is an error. */
export async function check(flags: ServeFlags, texts: Texts): Promise<void> {
  const subject = await readSubject(flags, texts)
  const count: Record<Verdict, number> = { good: 0, warning: 0, error: 0 }
  for (const name of keysOf(checks)) {
    const finding = checks[name](subject, texts.check)
    if (finding === undefined) continue
    count[finding.verdict]++
    if (flags.json) printJson({ check: name, ...finding })
    else tell(texts.check.names[name], finding, texts)
  }
  if (!flags.json) print(`\n${texts.check.summary(count.error, count.warning)}`)
  if (count.error > 0) process.exitCode = 1
}

async function readSubject(flags: ServeFlags, texts: Texts): Promise<Subject> {
  const dataFolder = resolve(flags.data)
  const secret = await findSecret(dataFolder, texts)
  const { databaseUrl } = flags
  const [database, files, address, machine] = await Promise.all([
    findDatabase({ databaseUrl, secret: secret.value, clock: systemClock }),
    findFiles(dataFolder, flags.files),
    findAddress(flags.publicUrl, systemClock),
    findMachine(dataFolder).catch(refuseFolder(dataFolder, texts)),
  ])
  return { flags, secret, database, files, address, machine }
}

const marks = {
  good: () => paint('green', '✓'),
  warning: () => paint('yellow', '!'),
  error: () => paint('red', '✗'),
}

function tell(label: string, { verdict, told, fix }: Finding, { check: { names } }: Texts): void {
  const width = Math.max(...Object.values(names).map(name => displayWidth(name)))
  print(`${marks[verdict]()} ${padTo(label, width)}  ${onOneLine(told)}`)
  if (fix !== undefined) print(`  ${' '.repeat(width)}  → ${fix}`)
}
