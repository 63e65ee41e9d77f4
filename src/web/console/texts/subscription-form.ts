import type { Russian } from '../../ui/i18n.ts'

/** What a subscription is made and changed by. */
export const en = {
  nameExample: 'Chat robot, test stand',
  urlNote: 'Notifications are posted here. Answer with status 200 within 10 s, a PING within 1 s.',
  urlWrong: 'This is not an address: it begins with https:// or http:// and a host.',
  headersNote:
    'One per line, sent with each notification: a password for a gateway, say. Values are kept sealed and never shown again.',
  headersWrong: 'Each line is a name, a colon and a value.',
  isEnabledNote: 'A PING is sent first. If it is not answered properly, nothing is created.',
  makeOff: 'Create it switched off',
  editTitle: 'Edit the subscription',
  whyNoTypes: 'Choose at least one event.',
}

export const ru: Russian<typeof en> = {
  nameExample: 'Чат-робот, тестовый стенд',
  urlNote: 'Сюда отправляются уведомления. Нужно ответить кодом 200 за 10 с, на PING — за 1 с.',
  urlWrong: 'Это не адрес: нужно https:// или http:// и имя сервера.',
  headersNote:
    'По одному в строке, уходят с каждым уведомлением: например, пароль шлюза. Значения хранятся зашифрованными и больше не показываются.',
  headersWrong: 'В строке — имя, двоеточие и значение.',
  isEnabledNote: 'Сначала отправим PING. Если на него не ответят как нужно, подписка не будет создана.',
  makeOff: 'Создать выключенной',
  editTitle: 'Изменить подписку',
  whyNoTypes: 'Выберите хотя бы одно событие.',
}
