import { makeWatched } from '../../../../parts/events/watched.ts'
import type { ChatPlace } from '../../../data/chats.ts'

/** The answer that was sent last from this tab and may still be taken back, wherever its writer has gone since. */
type LastAnswer = { place: ChatPlace; answerId: string; leavesAt: number; to: string }

const last = makeWatched<LastAnswer | undefined>(undefined)

export const noteLastAnswer = last.write
export const useLastAnswer = () => last.use(value => value)

/** Also true of an answer that has been taken back already or has left: the server says so. */
export function takeBackLast(takeBack: (answer: LastAnswer) => void): void {
  const answer = last.read()
  if (answer) takeBack(answer)
}
