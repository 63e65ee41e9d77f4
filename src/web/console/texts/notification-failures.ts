import type { Russian } from '../../ui/i18n.ts'

/** Why a receiver did not take a notification, and what to do. */
export const en = {
  what_connection_refused: 'Nothing listens at this address',
  what_connection_timed_out: 'The address cannot be reached',
  what_http: 'Answered with a status other than 200',
  what_read_timed_out: 'The answer took too long',
  what_ssl_error: 'The certificate is not trusted',
  what_unsupported_media_type: 'The answer is not application/json',
  what_address_not_allowed: 'This market does not call such an address',
  what_interrupted: 'The market stopped before the answer came',
  what_cant_parse_response: 'The answer is not JSON',
  what_invalid_data: 'The answer lacks required fields',
  do_connection_refused: 'Start your program there, or correct the address and the port.',
  do_connection_timed_out: 'Check the name, the network and the firewall.',
  do_http: 'Look into your program’s log; when all is well, answer with status 200.',
  do_read_timed_out: 'Answer first and work afterwards: a PING has 1 s, a notification has 10 s.',
  do_ssl_error: 'Use a certificate that browsers trust, for exactly this name.',
  do_unsupported_media_type: 'Send the header “Content-Type: application/json” with the answer.',
  do_address_not_allowed:
    'Only https and port 443 of public addresses are called. On your own machine, start the market with --allow-private-webhooks.',
  do_interrupted: 'Try again in a moment.',
  do_cant_parse_response: 'Answer with a JSON object.',
  do_invalid_data: 'Answer with version, name (1 to 100 characters each) and time (ISO 8601).',
} as const

export const ru: Russian<typeof en> = {
  what_connection_refused: 'По этому адресу никто не отвечает',
  what_connection_timed_out: 'Адрес недоступен',
  what_http: 'Ответил не кодом 200',
  what_read_timed_out: 'Отвечал слишком долго',
  what_ssl_error: 'Сертификат не вызывает доверия',
  what_unsupported_media_type: 'Ответ — не application/json',
  what_address_not_allowed: 'К таким адресам этот маркет не обращается',
  what_interrupted: 'Маркет остановился раньше, чем пришёл ответ',
  what_cant_parse_response: 'Ответ — не JSON',
  what_invalid_data: 'В ответе нет обязательных полей',
  do_connection_refused: 'Запустите там программу или исправьте адрес и порт.',
  do_connection_timed_out: 'Проверьте имя, сеть и брандмауэр.',
  do_http: 'Посмотрите журнал своей программы; когда всё хорошо, отвечайте кодом 200.',
  do_read_timed_out: 'Сначала ответьте, потом работайте: на PING есть 1 с, на уведомление — 10 с.',
  do_ssl_error: 'Нужен сертификат именно на это имя — такой, которому доверяют браузеры.',
  do_unsupported_media_type: 'Добавьте к ответу заголовок «Content-Type: application/json».',
  do_address_not_allowed:
    'Маркет обращается только к публичным адресам по https на порт 443. На своём компьютере запустите маркет с --allow-private-webhooks.',
  do_interrupted: 'Повторите через минуту.',
  do_cant_parse_response: 'Отвечайте JSON-объектом.',
  do_invalid_data: 'В ответе нужны version, name (по 1–100 символов) и time (ISO 8601).',
}
