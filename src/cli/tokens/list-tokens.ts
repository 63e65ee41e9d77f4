import { int32, type Static, Type } from '#contract'
import { systemClock } from '#kit'
import { type ConnectionFlags, findMarket } from '../connection/find-market.ts'
import { relativeTime } from '../terminal/format-time.ts'
import { outputWidth, paint, print, printJson } from '../terminal/print.ts'
import { onOneLine } from '../terminal/printable.ts'
import { formatTable } from '../terminal/table.ts'
import type { Texts } from '../texts/index.ts'

const Tokens = Type.Object({ purpose: Type.String(), generation: int32(), validFrom: Type.Optional(Type.String()) })
const Answer = Type.Object({ tokens: Type.Array(Tokens) })

export async function listTokens(flags: ConnectionFlags & { json?: true }, texts: Texts): Promise<void> {
  const { admin } = await findMarket(flags, texts)
  const { tokens } = await admin.ask('GET /admin/v1/tokens', Answer)
  if (flags.json) for (const each of tokens) printJson(each)
  else for (const line of tableOf(tokens, texts)) print(line.trimEnd())
}

function tableOf(all: Static<typeof Tokens>[], { tokens: said, language }: Texts): string[] {
  const rows = all.map(({ purpose, generation, validFrom }) => [
    onOneLine(said.purposes[purpose] ?? purpose),
    `${generation}`,
    validFrom === undefined ? said.neverRevoked : relativeTime(new Date(validFrom), systemClock.now(), language),
  ])
  const { purpose, generation, revoked } = said.columns
  const columns = [{ title: purpose }, { title: generation, align: 'right' as const }, { title: revoked }]
  const paintTitle = (text: string) => paint('dim', text.trimEnd())
  return formatTable(columns, rows, { maxWidth: outputWidth(), paintTitle })
}
