import type { ChatEvent } from '../chats/transitions.ts'
import type { PictureName } from '../files/picture.ts'

/** One step of a conversation: who does what. A string is a text. */
export type DemoStep =
  | ['customer' | 'shop' | 'market', string]
  | ['support', string, Extract<ChatEvent, 'support_writes' | `asks_${string}`>]
  | ['customer' | 'shop', { photo: PictureName; name: string }]
  | ['shop', { note: string; name: string }]
  | ['customer', { sticker: string }]
  | ['dispute', string]
  | ['dispute finished' | 'closed']

export type Conversation = {
  about: { order: number } | { return: number } | { customer: number }
  hoursAgo: number
  steps: DemoStep[]
}

/** Twenty chats: every status, every context, every sender. Orders and returns by their index in business.ts. */
export const conversations: Conversation[] = [
  {
    about: { order: 0 },
    hoursAgo: 3,
    steps: [
      [
        'customer',
        'Здравствуйте! Заказала кружку, срок доставки был вчера, а в приложении до сих пор «собирается». Когда ждать?',
      ],
      ['customer', 'Это подарок, нужно до пятницы'],
    ],
  },
  {
    about: { order: 3 },
    hoursAgo: 5,
    steps: [
      ['customer', 'Добрый день. Сковорода с царапиной на дне, посмотрите пожалуйста'],
      ['customer', { photo: 'chippedMug', name: 'IMG_2031.png' }],
      ['shop', 'Здравствуйте, Тимур! Сожалеем. На фото кружка, пришлите, пожалуйста, снимок сковороды.'],
      ['customer', 'Ой, это я вам кружку прислал, она тоже со сколом ))'],
    ],
  },
  {
    about: { order: 6 },
    hoursAgo: 26,
    steps: [
      ['customer', 'Подскажите, полотенца идут вместе или каждое отдельно?'],
      ['shop', 'Здравствуйте! В упаковке два полотенца 50 × 70 см.'],
      ['customer', 'Спасибо!'],
      ['customer', { sticker: '🙏' }],
      ['shop', 'Рады помочь. Хорошего дня!'],
    ],
  },
  {
    about: { order: 9 },
    hoursAgo: 49,
    steps: [
      ['customer', 'Рукава у джемпера разного цвета'],
      ['customer', { photo: 'twoColouredJumper', name: 'рукава.png' }],
      ['shop', 'Здравствуйте! Это брак, оформите, пожалуйста, возврат: доставка назад за наш счёт.'],
      ['market', 'Продавец предложил возврат. Оформить его можно на странице заказа.'],
    ],
  },
  {
    about: { order: 12 },
    hoursAgo: 1,
    steps: [['customer', 'Ножи точить мусатом или бруском? В инструкции не нашёл']],
  },
  {
    about: { order: 1 },
    hoursAgo: 30,
    steps: [
      ['customer', 'Здравствуйте, книга пришла с мятым углом'],
      ['customer', { photo: 'crushedBook', name: 'угол.png' }],
      ['shop', 'Здравствуйте, Дмитрий! Предлагаем скидку 20 % или замену. Что удобнее?'],
      ['customer', 'Хочу полный возврат денег и книгу оставить'],
      ['dispute', 'Магазин отказывается возвращать деньги за испорченную книгу'],
    ],
  },
  {
    about: { order: 4 },
    hoursAgo: 75,
    steps: [
      ['customer', 'Атлас не тот! Заказывал созвездия, приехали динозавры'],
      ['shop', 'Проверили отгрузку: в коробку положили атлас созвездий.'],
      ['dispute', 'Прислали не тот товар и спорят'],
      [
        'support',
        'Здравствуйте! Я арбитр Маркета. Магазин, приложите, пожалуйста, фото со сборки заказа.',
        'asks_partner',
      ],
    ],
  },
  {
    about: { order: 7 },
    hoursAgo: 98,
    steps: [
      ['customer', 'Не открывается приложение к книге по QR-коду'],
      ['dispute', 'Нет обещанных рецептов в приложении'],
      ['shop', 'Приложение работает, проверили на трёх телефонах.'],
      ['support', 'Покупатель, уточните, пожалуйста, модель телефона и что именно на экране.', 'asks_customer'],
    ],
  },
  {
    about: { order: 10 },
    hoursAgo: 200,
    steps: [
      ['customer', 'Ежедневник в линейку, а был в клетку'],
      ['dispute', 'Товар не соответствует описанию'],
      ['support', 'Решение в пользу покупателя: деньги будут возвращены в течение трёх дней.', 'support_writes'],
      ['dispute finished'],
    ],
  },
  {
    about: { order: 13 },
    hoursAgo: 150,
    steps: [
      ['customer', 'Будет ли второй том энциклопедии?'],
      ['shop', 'Здравствуйте! Издательство обещает весной.'],
      ['customer', { sticker: '👍' }],
      ['shop', 'Напишем вам, как только он появится.'],
      ['closed'],
    ],
  },
  {
    about: { order: 2 },
    hoursAgo: 8,
    steps: [
      ['customer', 'Рама 18 подойдёт на рост 176?'],
      ['shop', 'Здравствуйте! Да, для городской посадки самое то.'],
      ['shop', { note: 'Рост 170–180: рама 18. Рост 180–190: рама 20.', name: 'Таблица размеров.txt' }],
    ],
  },
  {
    about: { order: 5 },
    hoursAgo: 12,
    steps: [
      ['shop', 'Здравствуйте! Шлем готов к отправке. Доставить сегодня с 18 до 22 удобно?'],
      ['customer', 'Лучше завтра утром'],
    ],
  },
  {
    about: { order: 8 },
    hoursAgo: 60,
    steps: [
      ['customer', 'Курьер не приехал и не позвонил'],
      ['shop', 'Уточняем в службе доставки, ответим в течение часа.'],
      ['support', 'Передали вопрос в службу доставки Маркета, ответ будет здесь.', 'asks_market'],
    ],
  },
  { about: { order: 11 }, hoursAgo: 2, steps: [] },
  {
    about: { order: 14 },
    hoursAgo: 20,
    steps: [['shop', 'Здравствуйте! Насос идёт без переходника под узкий ниппель. Положить его в заказ?']],
  },
  {
    about: { return: 0 },
    hoursAgo: 16,
    steps: [
      ['customer', 'Вернула кружку в пункт выдачи во вторник, денег ещё нет'],
      ['shop', 'Здравствуйте, Анна! Возврат едет к нам, деньги придут после проверки, до трёх дней.'],
      ['customer', 'А можно быстрее? Третий день жду'],
    ],
  },
  {
    about: { return: 3 },
    hoursAgo: 90,
    steps: [
      ['shop', 'Здравствуйте! Получили джемпер, деньги отправили сегодня.'],
      ['customer', 'Пришло, спасибо!'],
      ['shop', 'Спасибо, что предупредили о браке.'],
      ['closed'],
    ],
  },
  {
    about: { return: 4 },
    hoursAgo: 6,
    steps: [['market', 'Возврат принят на склад. Продавцу нужно проверить товар.']],
  },
  {
    about: { customer: 11 },
    hoursAgo: 4,
    steps: [['customer', 'Hello! Do you ship mugs as a gift set of six? My Russian is not very good, sorry']],
  },
  {
    about: { customer: 8 },
    hoursAgo: 40,
    steps: [
      ['customer', 'Здравствуйте! Есть ли у вас чугунные формы для хлеба?'],
      ['shop', 'Здравствуйте, Айгуль! Ждём поставку в декабре, отложить для вас одну?'],
    ],
  },
]
