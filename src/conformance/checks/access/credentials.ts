import { crc32 } from 'node:zlib'
import { headers as names, type OperationName } from '#contract'
import { asking, type Check } from '../../check/check.ts'
import { operationNames } from '../../check/subjects.ts'
import { accepted } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { unauthorized, words } from '../../expect/words.ts'
import type { Said } from '../../findings/finding.ts'
import { choice, contract, observed } from '../../findings/sources.ts'
import { withCredentials } from '../../http/call.ts'

/** A key in the published form that nobody has made. */
export const unknownKey = withChecksum('PrilavokConformanceKeyThatNobodyHasMade0')

function withChecksum(characters: string, slip = 0): string {
  return `ACMA:${characters}:${((crc32(characters) ^ slip) >>> 0).toString(16).padStart(8, '0')}`
}

const notSpecified = 'Api-Key token is not specified'
const badKeys: [told: Said, key: string, message: string][] = [
  [{ en: 'an empty key', ru: 'пустой ключ' }, '', notSpecified],
  [{ en: 'a key of blanks', ru: 'ключ из пробелов' }, '   ', notSpecified],
  [
    { en: 'a key with another prefix', ru: 'ключ с другим началом' },
    `ACMB:${unknownKey.slice(5)}`,
    'Api-Key token prefix invalid',
  ],
  [
    { en: 'a key in small letters', ru: 'ключ строчными буквами' },
    unknownKey.toLowerCase(),
    'Api-Key token prefix invalid',
  ],
  [
    { en: 'a key of one character less', ru: 'ключ на символ короче' },
    unknownKey.slice(0, -1),
    'Api-Key token length invalid',
  ],
  [
    { en: 'a key of one character more', ru: 'ключ на символ длиннее' },
    `${unknownKey}0`,
    'Api-Key token length invalid',
  ],
  [
    { en: 'two keys in one header', ru: 'два ключа в одном заголовке' },
    `${unknownKey}, ${unknownKey}`,
    'Api-Key token length invalid',
  ],
  [
    { en: 'a key with a wrong checksum', ru: 'ключ с неверной контрольной суммой' },
    withChecksum('A'.repeat(40), 1),
    'Api-Key token format invalid',
  ],
  [
    { en: 'a key with a foreign character', ru: 'ключ с недопустимым символом' },
    withChecksum(`-${'A'.repeat(39)}`),
    'Api-Key token format invalid',
  ],
  [{ en: 'a key that nobody made', ru: 'несуществующий ключ' }, unknownKey, 'Api-Key token is invalid'],
]

const is401 = ({ en, ru }: Said): Said => ({ en: `${en} is refused with 401`, ru: `${ru}: отказ 401` })

function checksOf(name: OperationName): Check[] {
  const both: Said = { en: 'beside a good Authorization', ru: 'рядом с верным Authorization' }
  return [
    asking(name, is401({ en: 'no key', ru: 'нет ключа' }), {
      source: observed,
      bend: call => withCredentials(call, {}),
      expects: refused(words.noCredentials),
    }),
    ...badKeys.map(([told, key, message]) =>
      asking(name, is401(told), {
        source: contract.auth,
        bend: call => withCredentials(call, { [names.apiKey]: key }),
        expects: refused(unauthorized(message)),
      }),
    ),
    asking(name, is401({ en: 'a revoked key', ru: 'отозванный ключ' }), {
      source: contract.auth,
      needs: ['revokedKey'],
      bend: (call, probe) => withCredentials(call, { [names.apiKey]: probe.need('revokedKey') }),
      expects: refused(unauthorized('Api-Key token is revoked')),
    }),
    asking(
      name,
      {
        en: 'a good key beside a bad Authorization counts',
        ru: 'верный ключ рядом с неверным Authorization принимается',
      },
      {
        source: choice('both auth headers'),
        bend: (call, { scene }) =>
          withCredentials(call, { [names.apiKey]: scene.token, [names.authorization]: 'Bearer nonsense' }),
        expects: accepted,
      },
    ),
    asking(name, is401({ en: `a key that nobody made ${both.en}`, ru: `несуществующий ключ ${both.ru}` }), {
      source: choice('both auth headers'),
      bend: (call, { scene }) =>
        withCredentials(call, { [names.apiKey]: unknownKey, [names.authorization]: `Bearer ${scene.token}` }),
      expects: refused(unauthorized('Api-Key token is invalid')),
    }),
  ]
}

/** Who may call at all: the Api-Key header. */
export const credentials: Check[] = operationNames.flatMap(checksOf)
