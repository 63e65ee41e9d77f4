import { expect, test } from 'vitest'
import { constantWords } from './constant.ts'

test.each(["order'", 'a,b', 'a}', 'Order', ''])(
  'what may be more than a word of ours is no part of a statement: %j',
  odd => {
    expect(() => constantWords(['order', odd])).toThrow('is no word of ours')
    expect(() => constantWords(['order', 'waiting_for_partner'])).not.toThrow()
  },
)
