import { execFileSync } from 'node:child_process'
import { expect, onTestFinished, test } from 'vitest'
import { notificationTypeOf } from '#contract'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { prilavok, type Running } from '../support/command.ts'
import { ask } from '../support/http.ts'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { makeReceiver } from '../support/receiver.ts'
import { cloneDatabase, useMarket } from '../support/test-market.ts'

const market = useMarket()
const russian = { LC_ALL: 'ru_RU.UTF-8' }

async function cloned(): Promise<string> {
  const { url, drop } = await cloneDatabase()
  onTestFinished(drop)
  return url
}

async function makeConnected() {
  const business = await makeBusiness(market)
  const { url, adminToken } = market
  const env = { PRILAVOK_URL: url, PRILAVOK_ADMIN_TOKEN: adminToken, PRILAVOK_BUSINESS_ID: `${business.businessId}` }
  return { business, env: { ...russian, ...env, PRILAVOK_DATA: makeOpenFolder() } }
}

async function stop({ child, ended }: Running) {
  child.kill('SIGINT')
  return ended
}

test('up says in Russian where everything is, and its JSON line is the same in every language', async () => {
  const [databaseUrl, data] = [await cloned(), makeOpenFolder()]
  const args = ['up', '--port', '0', '--data', data, '--database-url', databaseUrl]
  const up = prilavok(args, russian)
  const lines = await up.linesUntil('Ctrl-C останавливает всё.')
  const pasted = lines.find(line => line.startsWith('npx prilavok trigger')) ?? ''
  const provoked = execFileSync('sh', ['-c', pasted], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
    env: { ...process.env, ...russian },
  })
  await stop(up)
  const json = prilavok([...args, '--json'], russian)
  const ready = JSON.parse(await json.firstLine())

  expect(lines[3]).toBe('  Покупатель ждёт — ответьте ему:')
  expect(lines[4]).toMatch(/^ {2}http:\/\/127\.0\.0\.1:\d+\/desk#ticket=[\w-]+ \(ссылка одноразовая\)$/)
  const titles = lines.flatMap(line => /^ {2}(\S.*?) {2,}\S/.exec(line)?.[1] ?? [])
  expect(titles).toEqual([
    'Консоль',
    'API магазина',
    'Документация',
    'Кабинет',
    'Ключ (Api-Key)',
    'Покупатель',
    'Токен покупателя',
    'Токен администратора',
    'Данные',
  ])
  expect(provoked).toMatch(/^Покупатель написал: чат \d+ \(заказ \d+\), сообщение \d+; статус чата теперь /)
  expect(Object.keys(ready)).toEqual([
    ...['ready', 'api', 'adminToken', 'businessId', 'campaignId', 'apiKey', 'desk', 'deskLink'],
  ])
  expect(await stop(json)).toMatchObject({ code: 0, err: '' })
})

test('market says in Russian where it is', async () => {
  const running = prilavok(['market', '--port', '0', '--data', makeOpenFolder()], {
    ...russian,
    DATABASE_URL: await cloned(),
  })
  const lines = await running.linesUntil('Токен администратора: ')

  expect(lines[0]).toMatch(/^Маркет: http:\/\/\S+ \(документация: http:\/\/\S+\/docs\)$/)
  expect(lines[1]).toMatch(/^Данные: в вашем PostgreSQL; файлы в \S+$/)
  expect(await stop(running)).toMatchObject({ code: 0, err: '' })
})

test('listen tells of notifications in Russian, and answers the market in English as ever', async () => {
  const { business, env } = await makeConnected()
  const chatId = await business.makeChat()
  const program = await makeReceiver()
  const running = prilavok(['listen', '--forward-to', program.url], env)
  await running.linesUntil('PING')
  const path = `/businesses/${business.businessId}` as const
  await expect.poll(async () => (await subscriptionOf(path))?.state, { timeout: 30_000 }).toBe('ENABLED')
  program.answering = 'close'
  await askAdminFor(market, `POST ${path}/chats/${chatId}/customer-messages`, { text: 'Вопрос' })

  const line = (await running.linesUntil(notificationTypeOf.message_sent)).at(-1)
  const answer = await ask((await subscriptionOf(path))?.url ?? '', { method: 'POST', body: '{}' })
  const { out, err } = await stop(running)

  expect(line).toMatch(/чат \d+ +сообщение \d+ +→ {2}502 .* мс {2}\S+: соединение закрыто без ответа · будет повтор$/)
  expect(answer).toMatchObject({ status: 502, body: { error: { message: expect.stringContaining('closed the') } } })
  expect(out).toContain('  Жду уведомлений.\n')
  expect({ err, last: out.split('\n').at(-1) }).toEqual({
    err: '',
    last: '  Остановлено: 2 попытки: доставлено 0, не доставлено 2; подписка отменена.',
  })
})

async function subscriptionOf(path: `/${string}`) {
  type Answer = { subscriptions: { state: string; url: string }[] }
  return (await askAdminFor<Answer>(market, `GET ${path}/subscriptions`)).subscriptions[0]
}

test('trigger tells in a Russian sentence what has happened, and in the same JSON', async () => {
  const { business, env } = await makeConnected()
  const chatId = await business.makeChat()

  const told = await prilavok(['trigger', 'dispute.started'], env).ended
  const json = await prilavok(['trigger', 'dispute.finished', '--json'], env).ended

  expect(told.out).toMatch(new RegExp(`^Покупатель открыл спор: чат ${chatId} \\(заказ \\d+\\), сообщение \\d+; `))
  expect(JSON.parse(json.out)).toMatchObject({ event: 'dispute.finished', chatId: Number(chatId), isNewChat: false })
})

test('what the market refuses most often is told in Russian', async () => {
  const { business, env } = await makeConnected()
  const { businessId } = business
  const refusals: [args: string[], why: string][] = [
    [['trigger', 'message.customer', '--chat', '1'], `в кабинете ${businessId} нет чата 1.`],
    [
      ['events', 'resend', 'none'],
      `в кабинете ${businessId} нет такого уведомления: его не было, или оно уже удалено.`,
    ],
    [['logs', 'tail', '--no-follow', '--business', '999999999'], 'кабинета 999999999 нет.'],
  ]
  for (const [args, why] of refusals)
    expect(await prilavok(args, env).ended).toMatchObject({ code: 1, err: `prilavok: Маркет отказал: ${why}\n` })
})

test('sim exec says in Russian what it does and why a program cannot be run', async () => {
  const done = await prilavok(['sim', 'exec', '--verbose', '--', 'true'], russian).ended
  const database = ['--database-url', await cloned()]
  const missing = await prilavok(['sim', 'exec', ...database, '--', 'no-such-program'], russian).ended

  expect(done.err).toMatch(/маркет готов за \d+ мс: http:\S+\n.*команда завершилась с кодом 0\n$/s)
  expect(missing).toMatchObject({
    code: 127,
    err: 'prilavok: no-such-program: такой программы нет: проверьте её имя и PATH.\n',
  })
})

test.each<[args: string[], code: number, line: string]>([
  [['up', '--prot', '1'], 2, 'ошибка: нет параметра --prot\n(Возможно, --port?)\nСправка: prilavok up --help\n'],
  [['lisen'], 2, 'ошибка: нет команды lisen\n(Возможно, listen?)\nСправка: prilavok --help\n'],
  [['up', '--port', 'x'], 2, 'параметр --port <number> не может быть «x». Нужно целое число от 0 до 65535.'],
  [['market', '--log-level', 'loud'], 2, '«loud». Возможные значения: silent, error, warn, info, debug.'],
  [['listen', '--forward-to', '/x'], 2, 'Нужен адрес вида http://'],
  [['listen', '--types'], 2, 'у параметра --types <list> не указано значение'],
  [['trigger'], 2, 'не указан аргумент <event>'],
  [['trigger', 'a', 'b'], 2, 'слишком много аргументов (2): a, b.'],
  [['trigger', 'message.buyer'], 2, 'События "message.buyer" нет, есть message.customer'],
  [['history', 'x'], 2, 'аргумент <chat> не может быть «x». Нужно число.'],
  [['export'], 2, 'не указан обязательный параметр --out <folder>'],
  [['trigger', 'message.customer', '--data', '/nowhere'], 1, 'Из папки /nowhere маркет не запущен: '],
  [['listen', '--url', 'http://127.0.0.1:1024', '--admin-token', 'x'], 1, 'маркет не отвечает (ECONNREFUSED)'],
  [['market', '--data', '/dev/null'], 1, 'Папкой данных /dev/null нельзя воспользоваться (EEXIST: /dev/null)'],
  [['market', '--data', '/tmp', '--database-url', 'x'], 1, 'Адрес базы данных не разобрать ('],
])('%j is refused in Russian', async (args, code, line) => {
  const ended = await prilavok(args, russian).ended

  expect(ended).toMatchObject({ code, out: '', err: expect.stringContaining(line) })
  expect(ended.err).not.toMatch(/error:|Try|must|cannot/)
})

test('a variable that cannot be read is named in Russian', async () => {
  const ended = await prilavok(['up'], { ...russian, PRILAVOK_PORT: 'x' }).ended

  expect(ended).toMatchObject({
    code: 2,
    err: expect.stringContaining('не может быть «x» (переменная PRILAVOK_PORT).'),
  })
})

test('what the market and its PostgreSQL refuse is told in Russian', async () => {
  const { port } = new URL(market.url)
  const args = ['market', '--port', port, '--data', makeOpenFolder()]

  const taken = await prilavok([...args, '--database-url', await cloned()], russian).ended
  const away = await prilavok([...args, '--database-url', 'postgres://127.0.0.1:1/x'], russian).ended

  expect(taken).toMatchObject({ code: 1, err: expect.stringContaining(`Порт ${port} на 127.0.0.1 занят: `) })
  expect(away).toMatchObject({
    code: 1,
    err: expect.stringContaining('Базой данных 127.0.0.1:1/x нельзя воспользоваться'),
  })
})
