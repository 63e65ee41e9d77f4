import type { enRecord, enRecordHelp } from './en-record.ts'
import { counted } from './language.ts'
import type { Said } from './texts.ts'

export const ruRecordHelp: Said<typeof enRecordHelp> = {
  record: {
    summary: 'записать обмен магазина с настоящим Маркетом',
    description:
      'Передаёт запросы Маркету, а ответы — обратно, и пишет их в файл без ключей, имён, контактов и содержимого файлов.',
    options: {
      to: 'куда записать; такого файла ещё не должно быть',
      target: 'куда передавать запросы',
      port: 'порт, только на этом компьютере; 0 — любой свободный',
    },
    after: `
Укажите своей программе напечатанный адрес вместо адреса Маркета. Ctrl-C
завершает запись. Просмотрите файл, прежде чем кому-нибудь его передать.`,
  },
  replay: {
    summary: 'повторить записанный разговор в маркете с лабораторией',
    description:
      'Создаёт кабинет с записанными чатами; затем покупатели пишут то же, что писали, в том же порядке и с теми же паузами.',
    file: 'запись, сделанная prilavok record',
    options: {
      fast: 'без пауз, одно за другим',
      faults: 'повторить и отказы, и обрывы соединения',
      atOnce: 'начать сразу, не дожидаясь первого запроса программы',
    },
    after: `
Берётся маркет, запущенный из папки данных, если --url и --admin-token не
указывают другой. Ключ для программы печатается.`,
  },
}

export const ruRecord: Said<typeof enRecord> = {
  isThere: file => `${file} уже есть: укажите другой файл.`,
  unwritable: (file, code) => `${file} не записывается (${code}): проверьте папку.`,
  unreadable: (file, code) => `${file} не читается (${code}): проверьте путь.`,
  noRecording: file => `${file} — не запись этой версии: сделайте её командой prilavok record.`,
  badLine: (file, line) => `${file}:${line} — не строка записи: исправьте или удалите её.`,
  noPort: (port, code) => `Порт ${port} занять не удалось (${code}): выберите другой в --port.`,
  ready: (url, target, file) => `Обмен с ${target} записывается в ${file}. Укажите программе этот адрес: ${url}`,
  done: (file, exchanges) =>
    `${file}: ${exchanges}. Имена и контакты скрыты; просмотрите файл, прежде чем передать его.`,
  exchanges: n => counted('ru', n, { one: 'запрос', few: 'запроса', many: 'запросов' }),
  noChats: file => `В ${file} нет ни одного чата: запишите программу, которая читает чаты или их историю.`,
  noLab: url => `У маркета ${url} нет лаборатории: запустите его с --lab.`,
  businessName: 'Запись',
  shopIs: (url, businessId, key) =>
    `Укажите программе:\nexport PRILAVOK_URL=${url} PRILAVOK_BUSINESS_ID=${businessId} PRILAVOK_API_KEY=${key}`,
  waits: 'Начнётся с первого запроса программы.',
  replayed: events => `Готово: ${events}.`,
  events: n => counted('ru', n, { one: 'событие', few: 'события', many: 'событий' }),
}
