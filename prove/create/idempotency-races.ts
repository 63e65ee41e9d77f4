import { randomUUID } from 'node:crypto'
import type { Reply } from '../../test/support/http.ts'
import { brieflyOnce, readSaid, sayOnce, sendFileOnce } from '../../test/support/once.ts'
import { atOnce, type Stage } from './stage.ts'

export async function idempotentMessage(stage: Stage, count: number): Promise<string[]> {
  const [chatId, key] = [await stage.scene.makeChat(), randomUUID()]
  const answers = await atOnce(stage, count, at => sayOnce(at, stage.scene, { key, message: key, chatId }))
  return judge(stage, answers, { chatId, wanted: key })
}

export async function idempotentFile(stage: Stage, count: number): Promise<string[]> {
  const [chatId, key] = [await stage.scene.makeChat(), randomUUID()]
  const file = { key, bytes: [1, 2, 3], name: `${key}.bin` }
  const answers = await atOnce(stage, count, at => sendFileOnce(at, { ...stage.scene, chatId }, file))
  return judge(stage, answers, { chatId, wanted: file.name })
}

/** One is done, the others are told so. */
async function judge(stage: Stage, answers: Reply[], { chatId, wanted }: { chatId: bigint; wanted: string }) {
  const brief = answers.map(brieflyOnce)
  const done = brief.filter(({ replayed }) => replayed === null)
  const said = await readSaid(stage.market, stage.scene, chatId as typeof stage.scene.chatId)
  return [
    ...brief.filter(({ text }) => text !== '{"status":"OK"}').map(({ text }) => `answered ${text}`),
    ...(done.length === 1 ? [] : [`${done.length} were told that they wrote it`]),
    ...(said.join() === wanted ? [] : [`written: ${said.join()}`]),
  ]
}
