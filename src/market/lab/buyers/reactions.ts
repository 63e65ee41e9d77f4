import type { Chance } from '#kit'
import type { PictureName } from '../../files/picture.ts'
import type { Voice } from '../personas/voice.ts'
import type { Act } from './act.ts'

type Rule = { when: RegExp; act: Act }
type ReactionContext = { chance: Chance; picture: PictureName; hasOrder: boolean }

const asks = /\?|пришл|отправьте|прилож|прикреп|укажите|уточните|назовите|напишите|сообщите|подскажите|please|send/i
const photoName = 'фото.png'

/** Matches a text that both match. */
function both(first: RegExp, second: RegExp): RegExp {
  return new RegExp(`^(?=[^]*(?:${first.source}))(?=[^]*(?:${second.source}))`, 'i')
}

/** How a buyer answers what the shop asks: the first rule that fits, each once. */
export function reactionsIn(answers: Voice['answers'], { chance, picture, hasOrder }: ReactionContext): Rule[] {
  const text = (lines: readonly string[]): Act => ({ kind: 'text', text: chance.choose(lines) })
  const questions = chance.pick(answers.question, answers.question.length)
  return [
    { when: both(/фото|снимок|снимк|photo|picture/, asks), act: { kind: 'photo', picture, name: photoName } },
    {
      when: both(/номер(?!\s+телефона)|order number/, asks),
      act: text(hasOrder ? answers.orderNumber : answers.noOrderYet),
    },
    { when: both(/размер|size/, asks), act: text(answers.size) },
    { when: /возврат|верн[её]м|вернуть|refund|return/i, act: text(answers.refund) },
    ...questions.map(line => ({ when: /\?/, act: { kind: 'text', text: line } as const })),
  ]
}
