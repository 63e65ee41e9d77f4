import type { Russian } from '../../ui/i18n.ts'

/** What a page says that is loaded while the desk is away. */
export const en = {
  title: 'No connection',
  titleSince: 'No connection since {{time}}',
  noNetwork: 'This device has no network.',
  noDesk: 'There is a network, but the desk does not answer.',
  drafts: 'Your drafts are on the server: what was kept until then is there.',
  answers: 'Answers that you have sent already are delivered by the server itself.',
  nothingQueued: 'Meanwhile no answers are sent from here, and none are queued.',
  comesBack: 'The desk opens by itself as soon as it answers.',
  askNow: 'Try now',
} as const

export const ru: Russian<typeof en> = {
  title: 'Нет связи',
  titleSince: 'Нет связи с {{time}}',
  noNetwork: 'На этом устройстве нет сети.',
  noDesk: 'Сеть есть, но сервер не отвечает.',
  drafts: 'Ваши черновики на сервере: всё, что успело сохраниться, на месте.',
  answers: 'Ответы, которые вы уже отправили, сервер доставит сам.',
  nothingQueued: 'Пока связи нет, ответы отсюда не отправляются и в очередь не встают.',
  comesBack: 'Всё откроется само, как только связь появится.',
  askNow: 'Проверить сейчас',
}
