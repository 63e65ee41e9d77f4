import { chatsPageMax, operations } from '#contract'

/** What the client leaves of an hour's calls to more urgent ones. */
const backfillShare = 0.8
const minutesOfHour = 60
// A call to a distant market and back, two at once.
const callsPerMinute = 600

/** What reading so many chats for the first time costs: a call for each page of the list and for each chat. */
export function firstMirrorCost(chats: number): { calls: number; minutes: number } {
  const [pages, histories] = [Math.ceil(chats / chatsPageMax), chats]
  const hours = Math.max(
    hoursToWait(pages, operations.getChats.perHour),
    hoursToWait(histories, operations.getChatHistory.perHour),
  )
  const calls = pages + histories
  return { calls, minutes: Math.max(hours * minutesOfHour, Math.ceil(calls / callsPerMinute)) }
}

/** Whole hours that end before the last of the calls can be made. */
function hoursToWait(calls: number, perHour: number): number {
  return Math.max(0, Math.ceil(calls / (perHour * backfillShare)) - 1)
}
