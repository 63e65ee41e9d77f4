import type { Row } from '../row.ts'
import type { Stage } from '../stage.ts'
import { inboxBench } from './inbox.ts'
import { mirrorBench } from './mirror.ts'

/** The first mirror of a desk, and then how it feels with 100 000 chats and 1 000 000 messages. */
export async function deskBench(stage: Stage): Promise<Row[]> {
  return [...(await mirrorBench(stage)), ...(await inboxBench(stage))]
}
