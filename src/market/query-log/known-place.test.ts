import { expect, test } from 'vitest'
import { findKnownPlace } from './known-place.ts'

test.each([
  ['getChats', 'body.limit', 'query.limit'],
  ['getChats', 'query.statuses', 'body.statuses'],
  ['getChats', 'body.page_token', 'query.pageToken'],
  ['getChats', 'body.statusses', 'body.statuses'],
  ['getChats', 'body.status', 'body.statuses'],
  ['getChatHistory', 'body.chatId', 'query.chatId'],
  ['getChatHistory', 'body.messageIdFrm', 'body.messageIdFrom'],
  ['getChatHistory', 'body.messageIdForm', undefined],
  ['sendMessageToChat', 'body.text', undefined],
  ['sendMessageToChat', 'body.Message', 'body.message'],
  ['getCampaigns', 'query.business', undefined],
  ['nothing', 'body.limit', undefined],
])('of %s, %s may be meant as %s', (operation, unknown, known) => {
  expect(findKnownPlace(operation, unknown)).toBe(known)
})
