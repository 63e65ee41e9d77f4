import type { enRecord, enRecordHelp, enState, enStateHelp } from './en-state.ts'
import { counted } from './language.ts'
import type { Said } from './texts.ts'

export const ruStateHelp: Said<typeof enStateHelp> = {
  summary: 'загрузить состояние маркета из файла или сохранить в файл',
  description:
    'Файл состояния — это YAML, который удобно писать руками: кабинеты, магазины, заказы, покупатели, чаты и сообщения.',
  file: 'файл состояния',
  seed: {
    summary: 'загрузить файл состояния один раз',
    description: 'Загружает файл состояния. Повторный вызов с тем же файлом ничего не меняет и печатает те же ключи.',
  },
  import: {
    summary: 'загрузить файл состояния',
    description: 'Загружает файл состояния: целиком или никак. Если id уже занят, файл не загружается.',
  },
  export: {
    summary: 'записать содержимое маркета в файл состояния',
    description: 'Записывает файл состояния, а файлы из сообщений кладёт рядом, в папку files.',
  },
  schema: {
    summary: 'напечатать JSON Schema файла состояния для редактора',
    description:
      'Печатает схему. Если файл начинается с "# yaml-language-server: $schema=ПУТЬ", редактор подсказывает поля по этой схеме.',
  },
  options: { business: 'только этот кабинет', force: 'перезаписать файл' },
  after: `
Маркету нужна лаборатория (npm start, sim exec, market --lab): сообщения
записываются задним числом. Берётся маркет, запущенный из папки данных,
если --url и --admin-token не указывают другой.`,
}

export const ruState: Said<typeof enState> = {
  notYaml: (place, why) => `${place} — не YAML: ${why}`,
  doesNotFit: (file, n) =>
    `${file} не загружен, ${counted('ru', n, { one: 'ошибка', few: 'ошибки', many: 'ошибок' })}; ничего не изменилось:`,
  unreadable: (file, code) => `${file} не читается (${code}): проверьте путь.`,
  unwritable: (file, code) => `${file} не записывается (${code}): проверьте папку.`,
  tooBig: (file, megabytes) => `${file} больше ${megabytes} МБ: разделите его на несколько.`,
  isThere: file => `${file} уже есть: укажите другой файл или добавьте --force.`,
  outside: 'лежит вне папки файла состояния; перенесите его туда.',
  badFile: megabytes => `должен быть файлом от 1 байта до ${megabytes} МБ.`,
  noFile: code => `не читается (${code}): путь указывают относительно файла состояния.`,
  noLab: url => `У маркета ${url} нет лаборатории: запустите его с --lab. Состояние загружается только в такой маркет.`,
  refusedByMarket: url => `Маркет ${url} не может это принять; ничего не изменилось:`,
  put: 'Готово.',
  wasThere: 'Этот файл уже загружен: ничего не изменилось.',
  business: (id, name, chats, messages) => `Кабинет ${id} «${name}»: ${chats}, ${messages}.`,
  key: (name, businessId, token) => `Ключ «${name}» кабинета ${businessId}: ${token}`,
  exported: (file, businesses, chats, files) => `${file}: ${businesses}, ${chats}, ${files}.`,
  businesses: n => counted('ru', n, { one: 'кабинет', few: 'кабинета', many: 'кабинетов' }),
  chats: n => counted('ru', n, { one: 'чат', few: 'чата', many: 'чатов' }),
  messages: n => counted('ru', n, { one: 'сообщение', few: 'сообщения', many: 'сообщений' }),
  files: n => counted('ru', n, { one: 'файл', few: 'файла', many: 'файлов' }),
  issues: {
    missing: '— не указано',
    kind: '— значение не того вида (текст из цифр берут в кавычки)',
    among: words => `— допустимо одно из: ${words}`,
    minimum: bound => `— не меньше ${bound}`,
    maximum: bound => `— не больше ${bound}`,
    length: (min, max) => `— от ${min} до ${max} символов`,
    items: (min, max) => `— от ${min} до ${max} элементов`,
    repeated: '— элементы не должны повторяться',
  },
  rules: {
    'unknown field': '— такого поля нет: исправьте имя или удалите его',
    'not a time': '— нужно время: 2026-03-01T12:00:00+03:00, -2h30m или +7m после предыдущего',
    'not a day': '— нужен день: 2026-03-01',
    'days in the wrong order': '— не может быть раньше fromDate или без него',
    'there twice': '— встречается дважды, а id у всех разные',
    'no such customer': '— такого покупателя в файле нет: добавьте его в customers',
    'no such order': '— такого заказа у кабинета нет: добавьте его в один из магазинов',
    'no such return': '— такого возврата у кабинета нет: добавьте его в returns заказа',
    'about one thing': '— укажите что-то одно: order, return или customer',
    'one content': '— укажите что-то одно: text, file или sticker',
    'only a customer': '— стикеры отправляет только покупатель: from должен быть customer',
    'name without file': '— имя без файла: добавьте file или удалите name',
    'no such file': '— этого файла нет среди отправленных',
    'cannot become this': '— из таких сообщений этого не получится: что возможно, сказано в docs/state.md',
    'has another chat': '— об этом уже есть другой чат: объедините их сообщения',
  },
  refused: {
    'business is there': '— такой кабинет в маркете уже есть: возьмите другой id или не указывайте его',
    'campaign is there': '— такой магазин в маркете уже есть: возьмите другой id или не указывайте его',
    'in the future': '— не может быть позже времени маркета',
    'before what is before': '— не может быть раньше предыдущего',
  },
}

export const ruRecordHelp: Said<typeof enRecordHelp> = {
  record: {
    summary: 'записать запросы магазина к настоящему Маркету и ответы на них',
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
