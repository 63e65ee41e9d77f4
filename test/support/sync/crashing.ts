import type { ChatStore } from '../../../src/client/sync/index.ts'

/** The death of a process, as a test plays it: from then on nothing that it had begun reaches the store. */
export class Crash extends Error {
  override name = 'Crash'
}

/** One life of a process: it dies at a step, before or after that step's effect. */
export type Life = {
  live<Result>(act: () => Result | Promise<Result>): Promise<Result>
}

export function makeLife(death: { step: number; isAfter: boolean } | undefined): Life {
  let steps = 0
  let isDead = false
  return {
    async live(act) {
      if (isDead) throw new Crash('dead already')
      const isLast = death !== undefined && steps++ >= death.step
      if (!isLast) return act()
      isDead = true
      if (death.isAfter) await act()
      throw new Crash(`at step ${steps}`)
    },
  }
}

/** A store that lives on when the process that uses it dies. */
export function storeOfLife(store: ChatStore, { live }: Life): ChatStore {
  return {
    known: () => store.known(),
    readNotes: () => live(() => store.readNotes()),
    writeNotes: notes => live(() => store.writeNotes(notes)),
    putChats: chats => live(() => store.putChats(chats)),
    putMessages: (chatId, messages, mark) => live(() => store.putMessages(chatId, messages, mark)),
    readChat: chatId => live(() => store.readChat(chatId)),
  }
}
