import { expect, test } from 'vitest'
import { decode } from '../decode.ts'
import { idFrom } from '../ids.ts'
import { parseJson } from '../json.ts'
import { notifications } from './bodies.ts'
import { notificationTypes } from './events.ts'
import { sampleNotification } from './samples.ts'

test.each(notificationTypes)('the sample of %s is what its declaration says, and nothing besides', type => {
  const parsed = parseJson(sampleNotification(type))
  const value = parsed.ok ? parsed.value : undefined
  const decoded = decode(notifications[type], value)

  expect(decoded).toMatchObject({ ok: true, value: { notificationType: type } })
  expect(Object.keys(value as object)).toEqual(Object.keys(notifications[type].properties))
})

test('a sample speaks of the business that is given', () => {
  expect(sampleNotification('CHAT_CREATED', { businessId: idFrom('9007199254740993') })).toContain(
    '"businessId":9007199254740993',
  )
})
