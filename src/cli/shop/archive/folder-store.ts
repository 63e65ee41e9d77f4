import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Chat, ChatStore, KnownChat, Message } from '#client'
import { codeOf, Problem } from '#kit'
import type { Texts } from '../../texts/index.ts'
import { type ChatFile, readChatFile, serializeChatFile } from './chat-file.ts'
import { replaceFile, syncFolder } from './replace-file.ts'

const notesName = 'notes.json'
const chatName = /^(\d{1,19})\.json$/

/** A mirror in a folder: one file a chat, each replaced as a whole. It can be killed at any moment. */
export class FolderStore implements ChatStore {
  readonly #folder: string
  readonly #texts: Texts
  /** Work on one file waits for the work before it: two would read and write the same. */
  readonly #under = new Map<bigint | typeof notesName, Promise<unknown>>()

  private constructor(folder: string, texts: Texts) {
    this.#folder = folder
    this.#texts = texts
  }

  static async open(folder: string, texts: Texts): Promise<FolderStore> {
    await mkdir(folder, { recursive: true })
    return new FolderStore(folder, texts)
  }

  /** By ascending id. */
  async chatIds(): Promise<bigint[]> {
    const ids = (await readdir(this.#folder)).flatMap(name => chatName.exec(name)?.[1] ?? []).map(BigInt)
    return ids.sort((a, b) => (a < b ? -1 : 1))
  }

  async counts(): Promise<{ chats: number; messages: number }> {
    const counts = { chats: 0, messages: 0 }
    for (const chatId of await this.chatIds()) {
      counts.chats++
      counts.messages += (await this.#read(chatId))?.messages.length ?? 0
    }
    return counts
  }

  async *known(): AsyncGenerator<KnownChat> {
    for (const chatId of await this.chatIds()) {
      const file = await this.#read(chatId)
      if (file) yield { chat: file.chat, ...(file.mark && { mark: file.mark }) }
    }
  }

  readNotes(): Promise<string | undefined> {
    return readIfThere(join(this.#folder, notesName))
  }

  /** Notes say that all chats were put up to a time, so these are on disk before the notes are. */
  writeNotes(notes: string): Promise<void> {
    return this.#inTurn(notesName, async () => {
      await syncFolder(this.#folder)
      await replaceFile(join(this.#folder, notesName), notes)
      await syncFolder(this.#folder)
    })
  }

  async putChats(chats: readonly Chat[]): Promise<void> {
    for (const chat of chats) {
      await this.#change(chat.chatId, known => ({
        file: { ...known, chat, messages: known?.messages ?? [] },
        done: true,
      }))
    }
  }

  putMessages: ChatStore['putMessages'] = (chatId, messages, mark) =>
    this.#change(chatId, known => {
      if (known === undefined) throw new Error(`messages of chat ${chatId} came before the chat itself`)
      const all = new Map(known.messages.map(message => [message.messageId, message]))
      const fresh = messages.map(({ messageId }) => messageId).filter(id => !all.has(id))
      for (const message of messages) all.set(message.messageId, message)
      return { file: { chat: known.chat, mark, messages: [...all.values()].sort(byId) }, done: [...new Set(fresh)] }
    })

  readChat(chatId: bigint): Promise<ChatFile | undefined> {
    return this.#inTurn(chatId, () => this.#read(chatId))
  }

  #change<Done>(chatId: bigint, work: (known: ChatFile | undefined) => { file: ChatFile; done: Done }): Promise<Done> {
    return this.#inTurn(chatId, async () => {
      const { file, done } = work(await this.#read(chatId))
      await replaceFile(this.#path(chatId), serializeChatFile(file))
      return done
    })
  }

  async #inTurn<Done>(file: bigint | typeof notesName, work: () => Promise<Done>): Promise<Done> {
    const before = this.#under.get(file) ?? Promise.resolve()
    const turn = before.then(work, work)
    this.#under.set(file, turn)
    try {
      return await turn
    } finally {
      if (this.#under.get(file) === turn) this.#under.delete(file)
    }
  }

  async #read(chatId: bigint): Promise<ChatFile | undefined> {
    const path = this.#path(chatId)
    const text = await readIfThere(path)
    if (text === undefined) return undefined
    const file = readChatFile(text)
    if (file?.chat.chatId === chatId) return file
    throw new Problem(this.#texts.export.damaged(path))
  }

  #path(chatId: bigint): string {
    return join(this.#folder, `${chatId}.json`)
  }
}

function byId(a: Message, b: Message): number {
  return a.messageId < b.messageId ? -1 : 1
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
