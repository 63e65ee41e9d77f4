import type { Chance } from '../../src/kit/chance.ts'
import type { Schema } from '../api/routes.ts'

/** A number as JSON spells it, where JavaScript has none. */
type Spelled = { spelled: string }

const deep = (levels: number): Spelled => ({ spelled: `${'['.repeat(levels)}${']'.repeat(levels)}` })

/** What breaks a field of any type. */
const anything: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, '', ' ', '0', '-0', 'null', [], {}, [null], [[]], { '': '' }],
  ...[{ spelled: '9223372036854775807' }, { spelled: '9223372036854775808' }, { spelled: '-9223372036854775808' }],
  ...[
    { spelled: '1e308' },
    { spelled: '1e309' },
    { spelled: '-0' },
    { spelled: '1.5' },
    { spelled: '0.1e-400' },
    { spelled: '1E2' },
  ],
  ...[
    { spelled: '00' },
    { spelled: 'NaN' },
    { spelled: '' },
    { spelled: `1${'0'.repeat(400)}` },
    deep(50),
    deep(5_000),
  ],
  ...[
    '\0',
    'a\0b',
    '\u202e',
    '\ufeff',
    '\u2028',
    '😀',
    'я'.repeat(5_000),
    'x'.repeat(70_000),
    '%00',
    '%',
    '../../etc/passwd',
  ],
  ...[
    "' or 1=1 --",
    '$1',
    '{{7*7}}',
    '__proto__',
    'constructor',
    '2026-02-30T25:61:61Z',
    '+275760-09-13T00:00:00.001Z',
  ],
  ...[{ spelled: '"\\ud800"' }, { spelled: '"\\udc00\\ud800"' }, { spelled: '"\\u0000"' }, { spelled: '"\\x"' }],
  ...[{ spelled: '{"a":1,"a":2}' }, { spelled: '{"__proto__":{"a":1}}' }, { spelled: '"unended' }],
]

/** At the edges of what a field takes, and just beyond. */
function edgesOf(schema: Schema): unknown[] {
  const { minimum, maximum, minLength, maxLength, items, enum: words } = schema
  const numbers = [minimum, maximum].flatMap(bound => (bound === undefined ? [] : [bound - 1, bound, bound + 1]))
  const lengths = [minLength, maxLength].flatMap(bound => (bound === undefined ? [] : [bound - 1, bound, bound + 1]))
  return [
    ...numbers.map(bound => ({ spelled: `${BigInt(Math.trunc(bound))}` })),
    ...lengths.filter(length => length >= 0).flatMap(length => ['x'.repeat(length), '😀'.repeat(length)]),
    ...(words ?? []).flatMap(word => [word, `${word}`.toLowerCase(), `${word} `, [word]]),
    ...(items ? [[], Array(3).fill(1), Array(2_000).fill('x')] : []),
  ]
}

export function hostileValue(chance: Chance, schema: Schema): unknown {
  const edges = edgesOf(schema)
  return edges.length > 0 && chance.happens(0.4) ? chance.choose(edges) : chance.choose(anything)
}

function isSpelled(value: unknown): value is Spelled {
  return typeof value === 'object' && value !== null && 'spelled' in value && typeof value.spelled === 'string'
}

/** JSON, with what is spelled as it is spelled. */
export function spellJson(value: unknown): string {
  if (isSpelled(value)) return value.spelled
  if (typeof value === 'bigint') return `${value}`
  if (Array.isArray(value)) return `[${value.map(spellJson).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${spellJson(item)}`)
    .join()}}`
}

/** As it stands in a path or a query. */
export function spellText(value: unknown): string {
  if (isSpelled(value)) return value.spelled
  return typeof value === 'string' ? value : spellJson(value)
}
