import { expect, test } from 'vitest'
import { operations } from '#contract'
import { withExamples } from './document.ts'

const document = JSON.stringify({
  paths: {
    [operations.getChats.path]: { post: { responses: { 200: { content: { 'application/json': { schema: {} } } } } } },
    [operations.getChat.path]: { get: { responses: { 404: {} } } },
  },
})

test('an answer becomes the example of its operation, byte for byte, and nothing else is changed', () => {
  const answer = '{"status":"OK","result":{"chats":[{"chatId":352,"name":"Анна «А»"}],"paging":{}}}'
  const changed = JSON.parse(withExamples(document, { getChats: answer }))
  const content = changed.paths[operations.getChats.path].post.responses[200].content['application/json']

  expect(JSON.stringify(content.example)).toBe(answer)
  delete content.example
  expect(changed).toEqual(JSON.parse(document))
})

test('an operation that the document does not answer is said', () => {
  expect(() => withExamples(document, { getChat: '{}' })).toThrow('no answer of getChat')
})
