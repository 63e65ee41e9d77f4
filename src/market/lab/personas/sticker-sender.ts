import { patient } from './patient.ts'
import type { Voice } from './voice.ts'

export const stickerSender: Voice = {
  ...patient,
  names: ['Ася', 'Варя К.', 'Злата', 'Лёша', 'Мира', 'Соня Б.', 'Стас', 'Юля'],
  opening: {
    'where-is-my-order': ['Где же мой заказик {order}?', 'Скучаю по посылке {order}, когда она приедет?'],
    'wrong-size': ['Размерчик подкачал, заказ {order}', 'Утонула в обновке, велика! Заказ {order}'],
    'defect-with-photo': ['Ой, а оно сломано, заказ {order}', 'Открываю коробку {order}, а там вот такое'],
    return: ['Не моё, хочу вернуть заказ {order}', 'Можно возврат по {order}?'],
    invoice: ['А чек к заказу {order} будет?', 'Мне бы бумажку про заказ {order}'],
    'in-stock': ['А синенький ещё есть?', 'Когда снова появится в продаже?'],
  },
  nags: ['Тук-тук, вы тут?', 'Я всё ещё жду!', 'Эй, не забудьте про меня'],
  thanks: ['Урааа, спасибо!', 'Вы лучшие!', 'Спасибочки!'],
  answers: {
    ...patient.answers,
    orderNumber: ['Вот он, номер: {order}!'],
    question: ['Ага!', 'Угу, именно так!', 'Даааа'],
  },
}
