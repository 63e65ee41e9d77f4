/** What is no int64 in a path or a query, and what is one and cannot be an id. */
export const notInt64 = [
  'abc',
  '1.0',
  '1e3',
  '0x10',
  '-',
  '9223372036854775808',
  '-9223372036854775809',
  '1'.repeat(40),
  '１',
]
export const notPositive = ['0', '-1', '-9223372036854775808']
