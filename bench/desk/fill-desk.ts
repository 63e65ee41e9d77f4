import type { Sql } from '../../src/database/connect.ts'
import { insertCabinet } from '../../src/desk/store/cabinets.ts'

export const filledCabinet = 1n
export const chatCount = 100_000
const messagesPerChat = 10
// Few enough for the time that a statement has.
const chatsPerStatement = 1_000

// Of ten words the first ones are everywhere, and the last ones rare; besides there are 20 000 article numbers.
const words =
  `заказ когда доставка здравствуйте пришёл товар спасибо можно размер цвет возврат деньги подскажите пожалуйста курьер
  адрес пункт выдачи сегодня завтра неделя коробка чехол кружка чайник наушники кабель зарядка телефон экран царапина брак обмен
  инструкция гарантия чек документы оплата скидка промокод отменить изменить позвоните домофон подъезд этаж вечером утром позже
  упаковка помята разбита комплект крышка ручка винт крепление батарейка пульт лампа свет стол стул шкаф полка дверь ключ замок
  куртка кроссовки платье рубашка носки шапка перчатки зонт рюкзак сумка ремень кошелёк часы браслет кольцо серьги цепочка`
    .split(/\s+/)
    .filter(word => word !== '')

/** A cabinet whose mirror is done and rests, with chats of the last ninety days: five of a hundred wait. Takes a minute. */
export async function fillDesk(sql: Sql): Promise<void> {
  await insertCabinet(sql, {
    ...{ cabinetId: filledCabinet, baseUrl: 'http://127.0.0.1:9', businessId: filledCabinet, name: 'Полный кабинет' },
    ...{ keyName: 'bench', scopes: [], campaigns: [], sealedKey: Buffer.from('1'), notificationHash: Buffer.from('1') },
    ...{ sealedNotificationSecret: Buffer.from('1'), now: new Date() },
  })
  await sql`update desk.cabinets set state = 'paused' where cabinet_id = ${filledCabinet}`
  for (let from = 1; from <= chatCount; from += chatsPerStatement) {
    await fillChats(sql, from, from + chatsPerStatement)
    // As autovacuum does it while a mirror grows.
    if (from === 1) await sql`analyze desk.chats, desk.messages`
  }
  await sql`vacuum analyze desk.chats`
  await sql`vacuum analyze desk.messages`
}

async function fillChats(sql: Sql, from: number, to: number): Promise<void> {
  await sql`
    insert into desk.chats (cabinet_id, chat_id, context_type, order_id, customer_name, type, status, created_at, updated_at, view, changed)
    select ${filledCabinet}, g, 'ORDER', 700000000 + g,
           (array['Анна', 'Олег', 'Мария', 'Иван', 'Ольга', 'Пётр', 'Дарья'])[1 + g % 7] || ' ' ||
           (array['Ким', 'Лебедев', 'Орлова', 'Зайцев', 'Волкова'])[1 + g % 5] || g % 1000,
           case when g % 100 = 5 then 'ARBITRAGE' else 'CHAT' end,
           case when g % 100 < 5 then 'WAITING_FOR_PARTNER' when g % 100 < 20 then 'WAITING_FOR_CUSTOMER' else 'FINISHED' end,
           at, at, 'buyer', nextval('desk.changes')
      from (select g, now() - interval '90 days' * random() as at from generate_series(${from}::bigint, ${to - 1}::bigint) g) n`
  await sql`
    insert into desk.messages (cabinet_id, chat_id, message_id, created_at, sender, text)
    select c.cabinet_id, c.chat_id, c.chat_id * 100 + m, c.updated_at - interval '7 minutes' * (${messagesPerChat} - m),
           case when (m % 2 = 0) = (c.status = 'WAITING_FOR_PARTNER') then 'CUSTOMER' else 'PARTNER' end, t.text
      from desk.chats c cross join generate_series(1, ${messagesPerChat}) m cross join lateral (
        select string_agg((${words}::text[])[1 + floor(power(random(), 2) * ${words.length} + 0 * w * m * c.chat_id)::integer], ' ')
               || ' арт' || floor(random() * 20000)::integer as text
          from generate_series(1, 4 + (c.chat_id + m)::integer % 8) w) t
     where c.cabinet_id = ${filledCabinet} and c.chat_id >= ${from} and c.chat_id < ${to}`
  await sql`
    select desk.sum_up_chat(${filledCabinet}, g) from generate_series(${from}::bigint, ${to - 1}::bigint) g`
}
