import type { enCoverage } from './en-coverage.ts'
import { counted } from './language.ts'
import type { Said } from './texts.ts'

/** Что говорит `prilavok sim exec --coverage`. */
export const ruCoverage: Said<typeof enCoverage> = {
  options: {
    coverage: 'в конце напечатать в стандартный поток ошибок, какие ответы встретились команде, а какие нет',
    coverageFile: 'записать то же в файл в формате JSON',
    coverageMin: 'вернуть код 1, если встретилось меньше этой доли (в процентах) того, что бывает в работе',
  },
  title: (met, of) =>
    `Покрытие: команде встретилось ${met} из ${counted('ru', of, { one: 'ситуации', many: 'ситуаций' })}, которые бывают в работе с тем, что она использует.`,
  columns: ['МЕТОД', 'ВЫЗОВЫ', 'УСПЕШНО', 'ДРУГИЕ ОТВЕТЫ'],
  nothingCalled:
    'Команда не вызвала ни одного метода API: использует ли она PRILAVOK_URL и PRILAVOK_API_KEY? У тестов со startMarket() маркеты свои: их спрашивают через market.coverage().',
  notCalled: names => `Не вызывались: ${names}.`,
  notifications: names => `Уведомления: ${names}.`,
  noNotifications: 'Уведомлений не было: не было подписки или ничего не происходило.',
  allMet: 'Всё, что бывает в работе, команде встретилось.',
  missed: 'Ни разу не встретилось, а в работе встретится; сверху то, на чём программы ломаются чаще:',
  neverCame: type => `${type} ни разу не пришло`,
  cases: {
    lostAnswer: 'Ответ потерян: всё сделано, но соединение закрыто',
    lateAnswer: 'Ответ приходит через 20 с',
    duplicate: 'Уведомление приходит дважды',
    retry: 'Уведомление приходит снова после ошибки приёмника',
    reordered: 'Уведомления приходят не по порядку',
    lateNotification: 'Уведомление опаздывает на 20 с',
    lostNotification: 'Уведомление не приходит вовсе',
  },
  retryHint: 'ответьте на одно кодом 500, затем POST /lab/v1/clock/advance {"seconds":60}',
  pingHint: 'подпишитесь: PING приходит раньше всех остальных',
  more: (n, names) => `и ещё ${n}: ${names}.`,
  ofProgram: n =>
    `Ещё ${counted('ru', n, { one: 'отказ возможен', few: 'отказа возможны', many: 'отказов возможны' })} только из-за ошибки в самой программе; список — в файле --coverage-file.`,
  howTo: 'Передайте лаборатории строку под ситуацией до того, как программа обратится к API:',
  tooLittle: (percent, min) =>
    `команде встретилось ${percent} % того, что бывает в работе; --coverage-min требует ${min} %.`,
  unwritable: (path, code) => `не удаётся записать ${path} (${code}): проверьте --coverage-file.`,
}
