import type { enTools, enToolsHelp } from './en-tools.ts'
import type { Said } from './texts.ts'

export const ruTools: Said<typeof enTools> = {
  logs: {
    following: url => `Показываю запросы к ${url}. Ctrl-C завершает работу.`,
    unknown: (at, known) => `${at}: такого в API нет, пропущено${known === undefined ? '' : `; есть ${known}`}`,
  },
  events: {
    columns: {
      at: 'ВРЕМЯ',
      type: 'ТИП',
      chat: 'ЧАТ',
      message: 'СООБЩЕНИЕ',
      to: 'КОМУ',
      state: 'СОСТОЯНИЕ',
      attempts: 'ПОПЫТКИ',
      event: 'СОБЫТИЕ',
    },
    states: {
      WAITING: 'ждёт',
      IN_FLIGHT: 'отправляется',
      DELIVERED: 'доставлено',
      REFUSED: 'отклонено',
      CANCELLED: 'отменено',
    },
    noneSuch: 'Таких событий нет: без фильтров видны все.',
    none: 'Событий нет. Уведомления приходят только подписчикам: подписку создаёт «prilavok listen».',
    more: n => `Показаны последние ${n}: остальные — с --limit.`,
    noAttempts: 'Попыток ещё не было.',
    resent: (type, chat) => `${type} чата ${chat} снова в очереди, впереди всех более поздних.`,
  },
  fixtures: {
    kind: places => `${places}: поля нет или оно другого типа, см. «prilavok fixtures --help»`,
    noEvent: (at, word, all) => `${at}: события ${word} нет, есть ${all}`,
    noJson: 'это не JSON',
    misfit: (file, what) => `${file}: ${what}.`,
    unknown: at => `поля ${at} нет`,
    noPath: (path, fields) => `— нет пути ${path}. Есть ${fields}`,
    noObject: '— нужен объект: {"customer.name": "Иван"}',
    noStep: (at, chat) => `${at}: ${chat} — не идентификатор чата и не имя одного из предыдущих шагов`,
    unreadable: (file, code) => `Файл ${file} не удаётся прочитать (${code}).`,
  },
  open: {
    noBrowser: 'Браузера здесь нет (его можно указать в BROWSER): откройте адрес, напечатанный выше.',
    signIn: 'Если вы ещё не вошли, откройте ссылку для входа: маркет напечатал её при запуске.',
    noDesk: folder =>
      `Из папки ${folder} рабочее место не запущено: его запускает «prilavok up». Ссылку на отдельное рабочее место печатает «prilavok desk link».`,
  },
}

export const ruToolsHelp: Said<typeof enToolsHelp> = {
  logs: { summary: 'показывать запросы программ к маркету' },
  logsTail: {
    summary: 'печатать запросы к API по мере поступления, с причинами отказов',
    description:
      'Печатает последние запросы к API, а затем новые: код, время, путь и имя ключа; под строкой — причина отказа словами API и поля, которых у операции нет.',
    options: {
      status: 'только ответы с этим кодом (404) или из этого класса (4xx)',
      operation: 'только эта операция',
      text: 'только с этим текстом в пути или в теле',
      last: 'сколько последних показать сначала',
      noFollow: 'показать их и завершить работу',
    },
  },
  events: { summary: 'показать уведомления и отправить их ещё раз' },
  eventsList: {
    summary: 'показать уведомления, сначала новые, с последней попыткой доставки',
    options: {
      state: 'только в этом состоянии',
      type: 'только этого типа',
      chat: 'только этого чата',
      limit: 'сколько показать',
    },
  },
  eventsShow: { summary: 'показать уведомление целиком и все попытки доставки', event: 'его идентификатор из списка' },
  eventsResend: {
    summary: 'отправить уведомление ещё раз',
    description: 'Ставит доставленное, отклонённое или отменённое уведомление в очередь снова, впереди более поздних.',
    event: 'идентификаторы из списка',
  },
  fixtures: {
    summary: 'вызвать цепочку событий, описанную в файле',
    description: 'Вызывает события из файла одно за другим.',
    file: 'файл или -, чтобы прочитать стандартный ввод',
    form: `
Файл:
  {"steps": [
    {"trigger": "message.customer", "as": "question", "text": "Где заказ?",
     "override": {"customer.name": "Иван", "order.items.0.name": "Кружка"}},
    {"trigger": "dispute.started", "chat": "question"}]}
"chat" — идентификатор чата или "as" одного из предыдущих шагов. События
и override: prilavok trigger --help.`,
  },
  openPage: {
    summary: 'открыть в браузере консоль, рабочее место или документацию',
    description: 'Открывает страницу маркета в браузере и печатает её адрес; ссылка на консоль одноразовая.',
    page: 'что открыть',
    print: 'только напечатать адрес',
  },
  completion: {
    summary: 'напечатать скрипт автодополнения для вашей оболочки',
    description: 'Печатает скрипт, с которым оболочка дополняет команды, параметры и их значения.',
    npx: 'Подсказки работают для команды prilavok. Если вы запускаете её через npx,\nобъявите функцию:',
    shell: 'ваша оболочка',
  },
}
