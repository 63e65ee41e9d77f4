import { makeWatched } from '../../../../parts/events/watched.ts'
import type { ChatPlace } from '../../../data/chats.ts'

/** A text that is put into a chat's field from outside: an answer that was taken back. */
const given = makeWatched<ReadonlyMap<string, string>>(new Map())

const keyOf = ({ cabinetId, chatId }: ChatPlace) => `${cabinetId}/${chatId}`

export function giveText(place: ChatPlace, text: string): void {
  given.write(new Map([...given.read(), [keyOf(place), text]]))
}

export function useGivenText(place: ChatPlace): string | undefined {
  return given.use(texts => texts.get(keyOf(place)))
}

/** The field has it. */
export function forgetGiven(place: ChatPlace): void {
  given.write(new Map([...given.read()].filter(([key]) => key !== keyOf(place))))
}
