import { expect, test } from 'vitest'
import { ChangeLog } from './change-log.ts'

const chat = (chatId: string) => ({ kind: 'chat', cabinetId: '7', chatId }) as const

test('what came after a cursor is told, each once', () => {
  const log = new ChangeLog()
  log.add(chat('1'))
  const { cursor } = log
  log.add(chat('2'), { kind: 'views' }, chat('3'), { kind: 'views' }, chat('2'))

  expect(log.since(cursor)).toEqual([chat('2'), { kind: 'views' }, chat('3')])
  expect(log.since(log.cursor)).toEqual([])
})

test('a cursor of another life, of changes that are not kept any more, of the future or of nobody is not known', () => {
  const [log, other] = [new ChangeLog(), new ChangeLog()]
  const { cursor } = log
  log.add(...Array.from({ length: 10_000 }, (_, n) => chat(`${n}`)))

  expect(log.since(cursor)).toBeUndefined()
  expect(log.since(log.cursor)).toEqual([])
  expect(log.since(other.cursor)).toBeUndefined()
  expect(log.since(log.cursor.replace(/\d+$/, '99999'))).toBeUndefined()
  for (const text of ['', '1', 'x.y', `${log.cursor}.1`]) expect(log.since(text)).toBeUndefined()
})

test('when changes were missed no cursor is known, and those that are given then are', () => {
  const log = new ChangeLog()
  log.add(chat('1'))
  const { cursor } = log

  log.forget()
  log.add(chat('2'))

  expect(log.since(cursor)).toBeUndefined()
  expect(log.since(log.cursor)).toEqual([])
})
