import { textMaxLength } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { keptFileName } from '../cabinets/kept-file-name.ts'
import { keptText } from '../cabinets/kept-text.ts'
import { printOf } from '../cabinets/print.ts'
import type { Bus } from '../live/bus.ts'
import {
  type AnswerRow,
  countUnseen,
  findAnswer,
  insertAnswer,
  lockChatOfAnswers,
  moveAnswer,
  type NewAnswer,
} from '../store/answers.ts'
import { deleteDraft } from '../store/drafts.ts'
import { type Act, transitions } from './transitions.ts'

export type Wanted = {
  cabinetId: bigint
  chatId: bigint
  /** Chosen by whoever writes: the same one again is the same answer. */
  answerId: string
  accountId: string
  content: NewAnswer['content']
  /** How long it can be taken back; 0 to 30. */
  undoSeconds: number
  /** The newest message that whoever writes has seen; without it nobody is asked whether others wrote. */
  seenMessageId?: bigint | undefined
  /** The position of the newest answer in the chat that they have seen, whoever wrote it; without it those of the account count as seen. */
  seenAnswer?: bigint | undefined
  /** Although others have written. */
  anyway?: boolean | undefined
}

export type Added =
  | { outcome: 'added' | 'known'; answer: AnswerRow }
  | { outcome: 'noChat' | 'empty' | 'tooLong' | 'otherAnswer' }
  | { outcome: 'conflict'; newMessages: number; newAnswers: number }

type OfAnswer = { cabinetId: bigint; chatId: bigint; answerId: string }
type AnswersOptions = { sql: Sql; bus: Bus; clock: Clock }

/** What people do with answers; the process that works the cabinet sends them. */
export class Answers {
  readonly #options: AnswersOptions

  constructor(options: AnswersOptions) {
    this.#options = options
  }

  /** Writes an answer down, as the last one of its chat, and removes the draft. */
  async add(wanted: Wanted): Promise<Added> {
    const trouble = troubleWith(wanted.content)
    if (trouble) return { outcome: trouble }
    const added = await this.#options.sql.begin(transaction => this.#add(transaction, wanted))
    if (added.outcome === 'added') this.#tell(wanted)
    return added
  }

  /** As long as nothing was sent. Undefined if it has left, or there is none. */
  takeBack(answer: OfAnswer): Promise<AnswerRow | undefined> {
    return this.#move(answer, 'takeBack')
  }

  /** What was refused, or what nobody can tell of, is sent once more. Undefined if it is neither. */
  again(answer: OfAnswer): Promise<AnswerRow | undefined> {
    return this.#move(answer, 'again')
  }

  /** It shall not be sent again. */
  dismiss(answer: OfAnswer): Promise<AnswerRow | undefined> {
    return this.#move(answer, 'dismiss')
  }

  async #add(transaction: Parameters<Parameters<Sql['begin']>[0]>[0], wanted: Wanted): Promise<Added> {
    const { cabinetId, chatId, answerId, accountId, seenMessageId, seenAnswer, content, undoSeconds, anyway } = wanted
    if (!(await lockChatOfAnswers(transaction, cabinetId, chatId))) return { outcome: 'noChat' }
    const known = await findAnswer(transaction, cabinetId, answerId)
    if (known) return known.chatId === chatId ? { outcome: 'known', answer: known } : { outcome: 'otherAnswer' }
    if (seenMessageId !== undefined && !anyway) {
      const seen = { chatId, accountId, seenMessageId, seenAnswer }
      const unseen = await countUnseen(transaction, cabinetId, seen)
      if (unseen.newMessages + unseen.newAnswers > 0) return { outcome: 'conflict', ...unseen }
    }
    const createdAt = this.#options.clock.now()
    const leavesAt = new Date(createdAt.getTime() + undoSeconds * 1000)
    const kept = keptContent(content)
    const row = { answerId, chatId, accountId, content: kept, print: printOf(kept), createdAt, leavesAt }
    await insertAnswer(transaction, cabinetId, row)
    await deleteDraft(transaction, cabinetId, { chatId, accountId })
    const answer = await findAnswer(transaction, cabinetId, answerId)
    return answer ? { outcome: 'added', answer } : { outcome: 'noChat' }
  }

  async #move(of: OfAnswer, act: Act): Promise<AnswerRow | undefined> {
    const { cabinetId, answerId } = of
    const moved = await moveAnswer(this.#options.sql, cabinetId, { answerId, ...transitions[act] })
    if (moved) this.#tell(of)
    return moved
  }

  #tell({ cabinetId, chatId, answerId }: OfAnswer): void {
    this.#options.bus.publish({ about: 'answer', cabinetId: `${cabinetId}`, chatId: `${chatId}`, answerId })
  }
}

function troubleWith(content: NewAnswer['content']): 'empty' | 'tooLong' | undefined {
  if (!('text' in content)) return content.file.sizeBytes === 0 ? 'empty' : undefined
  const { length } = content.text.trim()
  if (length === 0) return 'empty'
  return length > textMaxLength ? 'tooLong' : undefined
}

/** As it is sent and comes back: a file's name has no folders and no control characters. */
function keptContent(content: NewAnswer['content']): NewAnswer['content'] {
  if ('text' in content) return { text: keptText(content.text.trim()) }
  return { file: { ...content.file, name: keptFileName(content.file.name) } }
}
