import { expect, test } from 'vitest'
import { forgetEmptyVariables } from './variables.ts'

test('no and nothing are no values; the number 0 is one, and what is not ours stays', () => {
  const environment = {
    PRILAVOK_DEMO: 'No',
    PRILAVOK_LAB: '1',
    PRILAVOK_PORT: '0',
    PRILAVOK_METRICS_PORT: '',
    OTHER: '',
  }

  forgetEmptyVariables(environment)

  expect(environment).toEqual({ PRILAVOK_LAB: '1', PRILAVOK_PORT: '0', OTHER: '' })
})
