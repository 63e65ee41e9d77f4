export const languages = ['en', 'ru'] as const
export type Language = (typeof languages)[number]

/** What the page can lead to. */
export type Place = 'console' | 'desk' | 'docs' | 'guide'

type Texts = { title: string; lead: string; places: Record<Place, { name: string; about: string }> }

export const texts: Record<Language, Texts> = {
  en: {
    title: 'The counter is open',
    lead: 'A market server with the chats API of Yandex.Market, and with the sides which that API leaves out: the buyer’s and the marketplace’s.',
    places: {
      console: {
        name: 'Console',
        about: 'Chats, keys, notifications, the query log. See what the API answers, and speak for any side.',
      },
      desk: { name: 'Desk', about: 'The shop’s inbox. Answer buyers as the people of a shop will.' },
      docs: {
        name: 'API reference',
        about: 'Every operation with what it takes and gives, to be tried from the browser.',
      },
      guide: { name: 'Guide', about: 'From the first message to production, step by step.' },
    },
  },
  ru: {
    title: 'Прилавок открыт',
    lead: 'Сервер маркета с API чатов Яндекс Маркета — и с теми сторонами разговора, которых в этом API нет: покупателем и маркетплейсом.',
    places: {
      console: {
        name: 'Консоль',
        about: 'Чаты, ключи, уведомления, лог запросов. Смотрите, что отвечает API, и говорите за любую сторону.',
      },
      desk: {
        name: 'Рабочее место',
        about: 'Входящие магазина. Отвечайте покупателям так, как это будут делать ваши сотрудники.',
      },
      docs: {
        name: 'Справочник API',
        about: 'Каждая операция: что принимает и что отвечает. Можно вызвать прямо из браузера.',
      },
      guide: { name: 'Руководство', about: 'От первого сообщения до боевого запуска, шаг за шагом.' },
    },
  },
}
