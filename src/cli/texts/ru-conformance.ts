import type { enConformance } from './en-conformance.ts'
import { counted } from './language.ts'
import type { Said } from './texts.ts'

const checks = (n: number) => counted('ru', n, { one: 'проверка', few: 'проверки', many: 'проверок' })
const calls = (n: number) => counted('ru', n, { one: 'запроса', few: 'запросов', many: 'запросов' })
const number = new Intl.NumberFormat('ru')

export const ruConformance: Said<typeof enConformance> = {
  transport: 'все пути',
  writeAndReadOnly: '--read-only и --write-to-chat исключают друг друга.',
  orderWithoutChat: '--order открывает чат: без --write-to-chat его не указывают.',
  finishedWithoutChat: 'В чат из --finished-chat пишут: без --write-to-chat его не указывают.',
  realCustomer: (host: string) =>
    `${host} — это Яндекс Маркет: написанное там прочтёт настоящий покупатель. Без --real-customer ничего не пишется.`,
  willWrite: (chatId: bigint, host: string) =>
    `Этот запуск пишет: десятки сообщений и файлов в чат ${chatId} на ${host}, и их прочтёт покупатель.`,
  about: (count: number, cost: number, parallel: number) =>
    `${checks(count)}, не больше ${calls(cost)}, одновременно не больше ${parallel}.`,
  planTitle: 'Больше этого запуск не потратит (пока ничего не отправлено):',
  planColumns: ['операция', 'проверок', 'запросов', 'лимит в час'],
  total: 'всего',
  checked: (url: string, businessId: bigint) => `${url}, кабинет ${businessId}`,
  onlyRead: 'только чтение',
  wrote: 'чтение и запись',
  held: (n: number) => `выполнено: ${number.format(n)}`,
  differs: (n: number) => `расхождений: ${number.format(n)}`,
  ours: (n: number) => `отличий от нашего маркета: ${number.format(n)}`,
  notChecked: (n: number) => `не проверено: ${number.format(n)}`,
  sent: 'отправлено',
  expected: 'ожидалось',
  came: 'пришло',
  seeCompat: (row: string) => `отличается от нашего маркета, см. compat: ${row}`,
  by: (source: string) => `источник: ${source}`,
  more: (n: number) => `и ещё ${number.format(n)} (все — с --verbose):`,
  whyNot: 'Не проверено:',
  cost: 'Сделано запросов:',
  ofHour: (made: number, perHour: number) => `${number.format(made)} из ${number.format(perHour)} в час`,
  allHeld: (n: number) => `Выполнено: ${checks(n)}. Расхождений нет.`,
  differ: (fromContract: number, fromOurs: number) =>
    `Расхождений с опубликованным контрактом: ${number.format(fromContract)}, отличий от решений нашего маркета: ${number.format(fromOurs)}.`,
  incomplete: (n: number) => `Из-за лимитов или потерянных ответов не сделано: ${checks(n)}. Повторите позже.`,
  nothingHeld: 'Проверить не удалось ничего.',
  couldNotRun: (why: string) => `Проверить сервер не удалось: ${why}.`,
}
