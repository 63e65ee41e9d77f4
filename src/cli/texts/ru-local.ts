import type { enLocal } from './en-local.ts'
import { counted, type Rewording, reword } from './language.ts'
import type { Said } from './texts.ts'

export const ruLocal: Said<typeof enLocal> = {
  program: {
    unexpected: 'такого не должно было случиться, пожалуйста, сообщите об этом:',
    tryHelp: command => `Справка: ${command} --help`,
    wrongUsage: [
      [/^error: /, 'ошибка: '],
      [/unknown option '(.*)'/, 'нет параметра $1'],
      [/unknown command '(.*)'/, 'нет команды $1'],
      [/missing required argument '(.*)'/, 'не указан аргумент <$1>'],
      [/option '(.*)' argument missing/, 'у параметра $1 не указано значение'],
      [/required option '(.*)' not specified/, 'не указан обязательный параметр $1'],
      [/option '(.*)' argument '(.*)' is invalid\./s, 'параметр $1 не может быть «$2».'],
      [/option '(.*)' value '(.*)' from env '(.*)' is invalid\./s, 'параметр $1 не может быть «$2» (переменная $3).'],
      [/command-argument value '(.*)' is invalid for argument '(.*)'\./s, 'аргумент <$2> не может быть «$1».'],
      [/too many arguments.*but got (\d+): (.*)\.$/ms, 'слишком много аргументов ($1): $2.'],
      [/Allowed choices are (.*)\.$/m, 'Возможные значения: $1.'],
      [/\(Did you mean (?:one of )?(.*)\?\)/, '(Возможно, $1?)'],
    ],
  },
  connection: {
    needsToken: url =>
      `К --url ${url} (или PRILAVOK_URL) нужен и --admin-token (или PRILAVOK_ADMIN_TOKEN), ведь этот маркет запущен не из этой папки: токен он печатает при запуске.`,
    elsewhere: (url, folder, running) =>
      `Это маркет ${url} (из --url или PRILAVOK_URL), а не запущенный из папки ${folder} (${running}).`,
    noBusiness: url => `В маркете ${url} нет ни одного кабинета: создайте его запросом POST /admin/v1/businesses.`,
    whichBusiness: list => `Кабинетов несколько, укажите один в --business: ${list}.`,
    badToken: url => `Маркет ${url} не принимает токен администратора: проверьте --admin-token (PRILAVOK_ADMIN_TOKEN).`,
    away: (url, why) =>
      `По адресу ${url} маркет не отвечает (${why}): запустите его командой «prilavok up» или проверьте --url.`,
    unwell: 'код 503: недоступна его база данных, или он останавливается',
    noAnswer: seconds => `нет ответа ${seconds} с`,
    noReason: 'причина не указана',
    refused: why => `Маркет отказал: ${reword(why, refusals)}`,
    refusedFor: why => `Маркет отказал: ${why}.`,
    otherVersion: url => `По адресу ${url} отвечает не маркет этой версии: проверьте --url.`,
    noMarket: (url, status) => `По адресу ${url} отвечает не маркет (код ${status}): проверьте --url.`,
    notRunning: folder =>
      `Из папки ${folder} маркет не запущен: запустите его командой «prilavok up», укажите его папку в --data или его адрес в --url и токен в --admin-token.`,
    killed: (folder, pid, url) =>
      `Маркет из папки ${folder} (процесс ${pid}, ${url}) завершён принудительно: запустите его снова командой «prilavok up».`,
    unreadable: (file, code) =>
      `${file} не удаётся прочитать (${code}): укажите адрес маркета в --url и токен в --admin-token.`,
    damaged: file => `${file} повреждён: перезапустите маркет или укажите --url и --admin-token.`,
  },
  serve: {
    badDatabaseUrl:
      'Адрес базы данных не разобрать (он берётся из --database-url или PRILAVOK_DATABASE_URL, в «market» ещё из DATABASE_URL): он должен быть вида postgres://user:password@host:5432/name, а знак % в его частях пишется как %25.',
    shortSecret: length => `В PRILAVOK_SECRET должно быть не меньше ${length} символов.`,
    cutSecret: file =>
      `Секрет в файле ${file} обрезан: восстановите его целиком или начните заново с другой папкой в --data.`,
    badFolder: (folder, code, path) =>
      `Папкой данных ${folder} нельзя воспользоваться (${code}${path === undefined ? '' : `: ${path}`}): исправьте это или укажите другую в --data.`,
    steps: {
      postgres: 'Запускаю PostgreSQL…',
      market: 'Запускаю маркет…',
      demo: 'Готовлю демо-кабинет…',
      desk: 'Запускаю рабочее место…',
    },
    marketAt: url => `Маркет: ${url} (документация: ${url}/docs)`,
    metricsAt: url => `Метрики: ${url}`,
    adminToken: token => `Токен администратора: ${token}`,
    newToken: (token, consoleUrl) =>
      `Токен администратора отозван, все сеансы консоли завершены.\nНовый токен: ${token}\nКонсоль: ${consoleUrl}`,
    tokenRenewed: folder => `Токен администратора отозван: новый записан в running.json в папке ${folder}.`,
  },
  desk: {
    owner: 'Владелец',
    ready: (url, link) => `Рабочее место: ${url}\nВход по одноразовой ссылке: ${link}\nCtrl-C останавливает его.`,
    rotated: 'Ключи зашифрованы новым секретом, он теперь в файле desk-secret. Сохраните его копию.',
    rotatedTo: 'Ключи зашифрованы секретом из PRILAVOK_NEW_SECRET: теперь указывайте его в PRILAVOK_SECRET.',
    needsNewSecret: 'Задан PRILAVOK_SECRET: укажите новый секрет в PRILAVOK_NEW_SECRET.',
    stillRuns:
      'Эту базу использует рабочее место: сначала остановите все его процессы. После kill база считает его живым ещё несколько секунд.',
    noSecret: folder => `Рабочее место ещё не запускали с папкой данных ${folder}: укажите другую в --data.`,
  },
  welcome: {
    waits: strong => `${strong('Покупатель ждёт')} — ответьте ему:`,
    ready: 'готов к работе.',
    console: 'Консоль',
    signsIn: '(ссылка одноразовая)',
    api: 'API магазина',
    docs: 'Документация',
    business: 'Кабинет',
    key: 'Ключ (Api-Key)',
    customer: 'Покупатель',
    customerToken: 'Токен покупателя',
    adminToken: 'Токен администратора',
    data: 'Данные',
    madeNow: '(созданы сейчас)',
    kept: '(сохранены с прошлого раза)',
    ownPostgres: folder => `в вашем PostgreSQL; файлы в ${folder}`,
    ownPostgresAndBucket: (bucket, folder) => `в вашем PostgreSQL; файлы в ${bucket}; секрет в ${folder}`,
    withBucket: (folders, bucket) => `${folders}; файлы в ${bucket}`,
    apart: (folder, postgres) => `${folder} и ${postgres} (PostgreSQL)`,
    conversation: strong => `${strong('Первый разговор')} — вставьте в другой терминал:`,
    variables: 'для строк из README.md; в строках ниже всё уже подставлено',
    question: 'вопрос покупателя',
    answer: 'ваш ответ',
    photo: 'фото',
    seen: 'что видит покупатель',
    notifications: strong =>
      `${strong('Уведомления')} — смотрите их в другом терминале, в этой же папке, и вызывайте сами:`,
    stop: 'Ctrl-C останавливает всё.',
  },
  listen: {
    elsewhere: url =>
      `Маркет ${url} находится на другом компьютере и не может подключиться к этому: откройте туннель к порту этого компьютера и укажите этот порт и адрес туннеля, например --port 4000 --public-url https://your-tunnel.example.`,
    portTaken: (host, port) => `Порт ${port} на ${host} занят: укажите другой в --port (0 — любой свободный).`,
    noAddress: host => `У этого компьютера нет адреса ${host}: проверьте --host.`,
    portForbidden: (host, port) => `Для порта ${port} на ${host} не хватает прав: укажите в --port порт больше 1023.`,
    localRefused:
      'Этот маркет не отправляет уведомления на локальные адреса: запустите его с --allow-private-webhooks (prilavok up делает это сам) или укажите в --public-url адрес https://.',
    gone: 'Подписки больше нет (её удалили, или маркет теперь работает на других данных): запустите prilavok listen снова.',
    title: strong => `${strong('Жду')} уведомлений.`,
    market: 'Маркет',
    business: 'Кабинет',
    types: 'Типы',
    all: 'все',
    forwardTo: 'Программа',
    nothing: dim => `нет: отвечаю сам (${dim('--forward-to')} передаёт уведомления программе)`,
    secret: 'Секрет',
    secretNote: '(для webhook-signature; при каждом запуске тот же: --print-secret)',
    badSecret: file =>
      `В файле ${file} нет секрета (whsec_…): удалите файл, и появится новый секрет, или укажите свой в --secret.`,
    stop: 'Ctrl-C отменяет подписку и завершает работу.',
    stopOrRetry: 'Клавиша r повторяет отправку сразу, не дожидаясь срока. Ctrl-C отменяет подписку и завершает работу.',
    waits: (seconds, behind) =>
      `${seconds === undefined ? 'Будет отправлено снова' : `Снова через ${seconds > 120 ? `${Math.round(seconds / 60)} мин` : `${seconds} с`}`}${behind > 0 ? `; в очереди за ним: ${behind}` : ''}.`,
    badPing: why =>
      `Неверный ответ на PING (${why}): пока это так, ничего не отправляется. Нужны код 200 и {"version":"…","name":"…","time":"…"} за 1 с. Повторяю каждые 2 с.`,
    httpStatus: status => `код ${status}`,
    otherSecret: 'Знает ли программа секрет, указанный выше? Его печатает «prilavok listen --print-secret».',
    back: 'Маркет снова отвечает.',
    away: why => `Маркет не отвечает (${why}): проверяю каждые 2 с.`,
    enabled: 'Подписка снова включена.',
    cancelled: n =>
      `отменено ${counted('ru', n, { one: 'ожидавшее уведомление', few: 'ожидавших уведомления', many: 'ожидавших уведомлений' })}`,
    disabled: cancelled => `Подписка выключена: ${cancelled}. Пока её не включат снова, ничего не придёт.`,
    failed: cancelled =>
      `14 дней ничего не удавалось доставить: маркет отключил подписку, ${cancelled}. Исправьте программу и включите подписку снова.`,
    unsubscribed: 'подписка отменена',
    leftBehind: 'маркет не отвечает, поэтому подписка осталась: её продолжит следующий prilavok listen',
    stopped: (summary, left) => `Остановлено: ${summary}; ${left}.`,
  },
  attempts: {
    unknownType: 'неизвестно',
    chat: id => `чат ${id}`,
    message: id => `сообщение ${id}`,
    took: ms => (ms < 1000 ? `${Math.round(ms)} мс` : `${(ms / 1000).toFixed(1).replace('.', ',')} с`),
    again: 'повторно',
    retry: n => `повтор ${n}`,
    retried: 'будет повтор',
    none: 'уведомлений не было',
    count: n => counted('ru', n, { one: 'попытка', few: 'попытки', many: 'попыток' }),
    delivered: n => `доставлено ${n}`,
    refused: n => `отклонено ${n}`,
    failed: n => `не доставлено ${n}`,
  },
  answer: {
    late: 'ответ не пришёл вовремя',
    refused: 'окончательный отказ',
    redirect: 'перенаправления не поддерживаются',
    media: 'content-type — не application/json',
    long: 'тело ответа длиннее 64 КБ',
    empty: 'тело ответа пустое',
    noJson: 'тело ответа — не JSON',
    lacks: fields => `в теле ответа нет ${fields}`,
    badTime: 'time — не дата',
    noHttp: host => `${host} отвечает не по HTTP`,
    unreachable: (host, code) => `${host}: ${unreachable[code] ?? (code || closed)}`,
  },
  trigger: {
    noEvent: (word, all) => `События ${word} нет, есть ${all}.`,
    ownChat: 'chat.direct открывает новый чат: уберите --chat или выберите message.customer.',
    newChat: 'Другой покупатель или заказ бывает только у нового чата: уберите --chat.',
    noOrder: 'У chat.direct нет заказа: уберите --override order.….',
    noCampaign: (business, path) =>
      `В кабинете ${business} нет магазина для заказа: создайте его запросом POST ${path}.`,
    noDirect: (business, path) =>
      `Кабинет ${business} не принимает чаты без заказа: включите их запросом PATCH ${path} {"directMessages":"all"}.`,
    unreadable: (path, code) => `Файл ${path} не удаётся прочитать (${code}): проверьте --file.`,
    done: (did, chat, status) => `${did}: ${chat}; статус чата теперь ${status}.`,
    chat: (id, isNew) => `${isNew ? 'новый ' : ''}чат ${id}`,
    order: id => ` (заказ ${id})`,
    message: id => `, сообщение ${id}`,
    events: {
      'message.customer': { did: 'Покупатель написал', summary: 'покупатель пишет текст' },
      'message.support': { did: 'Поддержка написала', summary: 'пишет арбитр или другой сотрудник Маркета' },
      'message.market': { did: 'Маркетплейс написал', summary: 'приходит автоматическое сообщение' },
      'sticker.customer': {
        did: 'Покупатель отправил стикер',
        summary: 'покупатель отправляет стикер; уведомления о нём нет',
      },
      'file.customer': { did: 'Покупатель отправил файл', summary: 'покупатель отправляет фото или ваш --file' },
      'chat.direct': {
        did: 'Покупатель открыл чат без заказа и написал',
        summary: 'новый покупатель открывает чат без заказа и пишет',
      },
      'dispute.started': { did: 'Покупатель открыл спор', summary: 'покупатель открывает спор' },
      'dispute.finished': { did: 'Арбитр завершил спор', summary: 'арбитр завершает спор' },
    },
  },
  tokens: {
    columns: { purpose: 'ТОКЕНЫ', generation: 'ПОКОЛЕНИЕ', revoked: 'ОТОЗВАНЫ' },
    purposes: { admin: 'администратора', console: 'сеансы консоли', buyer: 'покупателей', business: 'кабинетов' },
    neverRevoked: 'ни разу',
    nothing: 'Укажите, что отозвать: --admin, --sessions, --buyer, --all-buyers, --business или --all-businesses.',
    ofAdmin:
      'Токен администратора отозван, все сеансы консоли завершены. Новый токен маркет печатает там, где он запущен, и записывает в running.json в своей папке данных: listen, trigger и tokens возьмут его оттуда. Если вы передавали токен в --admin-token или PRILAVOK_ADMIN_TOKEN, укажите новый.',
    ofConsole: 'Все сеансы консоли завершены.',
    ofBuyer: publicId => `Токены покупателя ${publicId} отозваны.`,
    ofBuyers: 'Токены всех покупателей отозваны.',
    ofBusiness: id => `Токены кабинета ${id} отозваны.`,
    ofBusinesses: 'Токены всех кабинетов отозваны.',
  },
  distribute: {
    noDatabase: 'Укажите базу данных координатора: --database-url.',
    nothingToMove: 'Переносить нечего.',
    plan: size =>
      `На узлы копируется ${size}. Пока таблица копируется, она заблокирована: её не читают и в неё не пишут. Маркет в это время работать не должен.`,
    done: 'База данных распределена.',
    lanesOf: (node, lanes) => `  на ${node} дорожки ${lanes}`,
    steps: {
      locked: (tables, size) => `${tables}: ${size}`,
      copy: (tables, size) => `копируем на каждый узел: ${tables} (${size})`,
      distribute: (table, size) => `делим по дорожкам: ${table} (${size})`,
      leftover: (table, size) => `убираем остаток на координаторе: ${table} (${size})`,
      sequence: node => `даём узлу свои номера: ${node}`,
      function: name => `функция ${name}`,
      setting: name => `настройка ${name}`,
    },
  },
  sim: {
    ready: (url, ms) => `маркет готов за ${ms} мс: ${url}`,
    ended: code => `команда завершилась с кодом ${code}`,
    postgresEnded: 'PostgreSQL остановился сам: маркет больше не отвечает.',
    noProgram: 'такой программы нет: проверьте её имя и PATH',
    notRunnable: code => `не удаётся запустить (${code})`,
  },
}

const closed = 'соединение закрыто без ответа'
const unreachable: Record<string, string> = {
  ECONNREFUSED: 'там никто не слушает',
  ENOTFOUND: 'нет такого хоста',
  EAI_AGAIN: 'нет такого хоста',
  ECONNRESET: closed,
}

/** What is refused most often; the market answers in English. */
const refusals: Rewording = [
  [/^There is no chat (\d+) in business (\d+)\.$/, 'в кабинете $2 нет чата $1.'],
  [/^There is no business (\d+)\b.*$/, 'кабинета $1 нет.'],
  [
    /^Business (\d+) has no such delivery: .*$/,
    'в кабинете $1 нет такого уведомления: его не было, или оно уже удалено.',
  ],
]
