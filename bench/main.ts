import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { Problem } from '#kit'
import { deskBench } from './desk/desk.ts'
import { memoryBench } from './memory.ts'
import { notifyBench } from './notify.ts'
import { chatsBench, historyBench, postBench } from './over-http.ts'
import { queryLogBench } from './query-log.ts'
import type { Row } from './row.ts'
import { type Stage, setStage } from './stage.ts'
import { startBench } from './starting.ts'
import { syncBench } from './sync.ts'

/** In this order: memory is read after the load of the others. */
const onStage: Record<string, (stage: Stage) => Promise<Row[]>> = {
  post: postBench,
  chats: chatsBench,
  history: historyBench,
  querylog: queryLogBench,
  notify: notifyBench,
  sync: syncBench,
  desk: deskBench,
  memory: memoryBench,
}
const names = ['start', ...Object.keys(onStage)]

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } })
  const wanted = new Set(positionals.length > 0 ? positionals : names)
  const unknown = [...wanted].find(name => !names.includes(name))
  if (unknown !== undefined) throw new Problem(`There is no bench ${unknown}; there are: ${names.join(', ')}.`)
  const rows = await measure(wanted)
  if (values.json)
    writeFileSync(
      values.json,
      `${JSON.stringify({ at: new Date().toISOString(), machine: machine(), rows }, null, 2)}\n`,
    )
} catch (error) {
  console.error(error instanceof Problem ? `bench: ${error.message}` : error)
  process.exitCode = 1
}

async function measure(wanted: Set<string>): Promise<Row[]> {
  console.log(`${machine()}\n`)
  const rows: Row[] = []
  const add = (more: Row[]) => {
    for (const row of more) console.log(spell(row))
    rows.push(...more)
  }
  if (wanted.delete('start')) add(await startBench())
  if (wanted.size === 0) return rows
  const stage = await setStage()
  try {
    for (const [name, bench] of Object.entries(onStage)) if (wanted.has(name)) add(await bench(stage))
  } finally {
    await stage.close()
  }
  return rows
}

function spell({ name, value, unit, against, reference, ratio }: Row): string {
  const figure = (n: number) => (n >= 100 ? n.toFixed(0) : n.toFixed(1))
  return `${name.padEnd(30)}${figure(value).padStart(8)} ${unit.padEnd(6)} ${ratio.toFixed(2).padStart(7)} of ${against} (${figure(reference)})`
}

function machine(): string {
  return `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}, ${process.platform}`
}
