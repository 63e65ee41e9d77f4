import type { ChatStore } from './chat-store.ts'

/** An error of the caller's store or listener. It ends the sync, even if it is of one of this library's classes. */
class OwnFailure {
  readonly thrown: unknown
  constructor(thrown: unknown) {
    this.thrown = thrown
  }
}

export function causeOf(error: unknown): unknown {
  return error instanceof OwnFailure ? error.thrown : error
}

/** The same function, whose errors are marked as the caller's own. */
export function own<Args extends unknown[], Result>(work: (...args: Args) => Result | Promise<Result>) {
  return async (...args: Args): Promise<Result> => {
    try {
      return await work(...args)
    } catch (error) {
      throw new OwnFailure(error)
    }
  }
}

export function ownStore(store: ChatStore): ChatStore {
  return {
    known: () => store.known(),
    readNotes: own(() => store.readNotes()),
    writeNotes: own(text => store.writeNotes(text)),
    putChats: own(chats => store.putChats(chats)),
    putMessages: own((chatId, messages, mark) => store.putMessages(chatId, messages, mark)),
    readChat: own(chatId => store.readChat(chatId)),
  }
}
