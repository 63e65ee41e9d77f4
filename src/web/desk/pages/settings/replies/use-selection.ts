import { useState } from 'react'
import type { CannedReply } from '#desk-protocol'

/** Which replies are selected; one that is deleted meanwhile is not. */
export function useSelection(replies: readonly CannedReply[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const ids = replies.map(({ replyId }) => replyId).filter(replyId => chosen.has(replyId))
  return {
    ids,
    has: ({ replyId }: CannedReply) => chosen.has(replyId),
    countOf: (some: readonly CannedReply[]) => some.filter(({ replyId }) => chosen.has(replyId)).length,
    set: (some: readonly CannedReply[], isChosen: boolean) => {
      const changed = new Set(ids)
      for (const { replyId } of some) {
        if (isChosen) changed.add(replyId)
        else changed.delete(replyId)
      }
      setChosen(changed)
    },
    clear: () => setChosen(new Set()),
  }
}

export type Selection = ReturnType<typeof useSelection>
