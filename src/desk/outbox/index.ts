/** Answers on their way to markets: written down first, sent by whoever works the cabinet, recognized in the mirror. */
export { type Added, Answers, type Wanted } from './answers.ts'
export { reasons } from './outcome.ts'
export { type AnswerState, answerStates } from './transitions.ts'
