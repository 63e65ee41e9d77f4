import { expect, test } from 'vitest'
import { makeFakedClient } from '../../../test/support/client-clocks.ts'
import { ChatClosed, SendUnknown } from '../errors.ts'

const refusal = (status: number, message: string, code = 'CODE') =>
  new Response(JSON.stringify({ status: 'ERROR', errors: [{ code, message }] }), { status })

test.each([
  ["Chat with id '7' is closed", 400, 'ChatClosed'],
  ['Conversation was closed.', 403, 'ChatClosed'],
  ['The chat has been CLOSED by support', 404, 'ChatClosed'],
  ['No', 409, 'ChatClosed', 'CHAT_CLOSED'],
  ['The reason is not disclosed', 400, 'BadRequest'],
  ['Closed for maintenance', 403, 'Forbidden', 'API_DISABLED'],
  ['Closed', 401, 'Unauthorized'],
])('a send that is refused with %j and %i is a %s, and is not repeated', async (message, status, name, code?) => {
  const { client, requests } = makeFakedClient([() => refusal(status, message, code)])
  const error = await client.messages.send(7, 'Добрый день').catch(error => error)

  expect(error).toMatchObject({ name, status, messages: [message] })
  expect(requests).toHaveLength(1)
})

test('a market that fails while it says “closed” leaves a send unknown, and a read has no closed chat', async () => {
  const ill = makeFakedClient([() => refusal(503, 'The connection is closed')])
  const reading = makeFakedClient([() => refusal(400, 'The chat is closed')])

  await expect(ill.client.messages.send(7, 'Добрый день')).rejects.toBeInstanceOf(SendUnknown)
  await expect(reading.client.chats.get(7)).rejects.toMatchObject({ name: 'BadRequest' })
})

test('a limit is a limit, whatever its words', async () => {
  const { client } = makeFakedClient([() => refusal(420, 'The window is closed: too many requests per hour')])
  await expect(client.messages.send(7, 'Добрый день')).rejects.toMatchObject({ name: 'RateLimited' })
})

test('a file to a closed chat is told of in the same way', async () => {
  const { client } = makeFakedClient([() => refusal(400, 'The chat is closed')])
  const error = await client.messages.sendFile(7, { name: 'a.txt', data: new Uint8Array([1]) }).catch(error => error)

  expect(error).toBeInstanceOf(ChatClosed)
  expect(error.message).toMatch(
    /^sendFileToChat was refused with 400 CODE: The chat is closed\. The chat is finished: /,
  )
})
