import { expect, test } from 'vitest'
import { readChatsSearch, readNotificationsSearch, readPhoneSearch, readQueryLogSearch } from './search.ts'

const given = <Search extends object>(search: Search) =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))

test('what a page allows is read from its address', () => {
  const chats = { text: 'Анна', status: 'NEW', type: 'CHAT', isTest: 'false', json: 'off' }
  const notifications = { state: 'in_flight', event: 'message_sent', chatId: '123456789012345678', show: 'deliveries' }
  const queryLog = { text: '404', status: '4xx', operation: 'getChats', integration: 'Робот' }

  expect(given(readChatsSearch(chats))).toEqual(chats)
  expect(given(readChatsSearch({ status: 'unfinished' }))).toEqual({ status: 'unfinished' })
  expect(given(readNotificationsSearch(notifications))).toEqual(notifications)
  expect(given(readQueryLogSearch(queryLog))).toEqual(queryLog)
  expect(given(readPhoneSearch({ buyer: 'c-1' }))).toEqual({ buyer: 'c-1' })
})

test('what a page does not know, does not allow or cannot bound is dropped', () => {
  const long = 'x'.repeat(201)

  expect(given(readChatsSearch({ text: long, status: 'new', type: 'x', isTest: 'yes', json: '', other: '1' }))).toEqual(
    {},
  )
  expect(
    given(readNotificationsSearch({ state: 'x', event: '', chatId: '0', subscriptionId: '1e9', show: 7 })),
  ).toEqual({})
  expect(given(readQueryLogSearch({ text: '', status: '404', operation: long, integration: {} }))).toEqual({})
  expect(given(readPhoneSearch({ buyer: '' }))).toEqual({})
})
