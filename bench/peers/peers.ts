import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kind, makeKinds } from '../calls/kinds.ts'
import { connectionsOf } from '../calls/requests.ts'
import { sampleOf } from '../calls/sample.ts'
import { medianCpu, medianOf, type Run, runLoad } from '../load/run-load.ts'
import type { Options } from '../report/options.ts'
import { makeRow, type Row } from '../row.ts'
import { type Stage, someChatOf } from '../stage.ts'
import { withExamples } from './document.ts'
import { findPrism, type Prism, startPrism } from './prism.ts'

const rounds = 3
const secondsPerRound = 4

/** Prism serves a document's examples and keeps nothing; it is what programs for this API are tried against. */
export async function peersBench(stage: Stage, options: Options): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-bench-prism-'))
  try {
    const { program, version } = await findPrism({ ...options, folder })
    const { chats, history, post } = await makeKinds(stage)
    const document = await (await fetch(`http://127.0.0.1:${stage.port}/openapi.json`)).text()
    const measure = async (suffix: string, served: string) => {
      const prism = await startPrism(program, served, folder)
      const rows: Row[] = []
      try {
        for (const kind of [post, chats, history])
          rows.push(...rowsOf(`${kind.name}${suffix}`, version, await takeTurns(stage, kind, prism)))
      } finally {
        await prism.stop()
      }
      return rows
    }
    const rows = await measure('', document)
    // Taken when chats have been posted into: their status is a longer word than that of new ones.
    const answers = {
      getChats: await answerTo(stage, chats),
      getChatHistory: await answerTo(stage, history),
      sendMessageToChat: await answerTo(stage, post),
    }
    return [...rows, ...(await measure(', equal bytes', withExamples(document, answers)))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function answerTo(stage: Stage, { request }: Kind): Promise<string> {
  const { business, chatId } = someChatOf(stage)
  return (await sampleOf(stage.port, request(business, chatId))).body
}

type Measured = { market: Run[]; prism: Run[] }

async function takeTurns(stage: Stage, { request }: Kind, prism: Prism): Promise<Measured> {
  const load = { seconds: secondsPerRound, connections: connectionsOf(stage, request) }
  const ofMarket = () => runLoad({ ...load, port: stage.port }, stage.watched)
  const ofPrism = () => runLoad({ ...load, port: prism.port }, { server: prism.pid })
  await Promise.all([ofMarket(), ofPrism()])
  const measured: Measured = { market: [], prism: [] }
  for (let round = 0; round < rounds; round++) {
    measured.prism.push(await ofPrism())
    measured.market.push(await ofMarket())
  }
  return measured
}

function rowsOf(name: string, version: string, { market, prism }: Measured): Row[] {
  const of = (figure: 'perSecond' | 'p99Ms' | 'bodyBytes') =>
    ({ value: medianOf(market, figure), against: `Prism ${version}`, reference: medianOf(prism, figure) }) as const
  const [ours, theirs] = [medianCpu(market), medianCpu(prism)]
  const cpu = ours && theirs && { value: ours.server + ours.database, reference: theirs.server }
  const against = `Prism ${version}`
  return [
    makeRow({ name, unit: 'per s', ...of('perSecond') }),
    makeRow({ name: `${name}, p99`, unit: 'ms', ...of('p99Ms') }),
    makeRow({ name: `${name}, answer`, unit: 'bytes', ...of('bodyBytes') }),
    ...(cpu ? [makeRow({ name: `${name}, CPU`, unit: 'µs', against, ...cpu })] : []),
  ]
}
