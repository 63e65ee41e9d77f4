import { headers as names, type OperationName } from '#contract'
import { asking, type Check } from '../../check/check.ts'
import { operationNames, operationOf } from '../../check/subjects.ts'
import { accepted } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { unauthorized, words } from '../../expect/words.ts'
import type { Said } from '../../findings/finding.ts'
import { choice, contract } from '../../findings/sources.ts'
import { withCredentials } from '../../http/call.ts'
import type { Probe } from '../../probe/probe.ts'
import { unknownKey } from './credentials.ts'

const forms: [form: string, spell: (token: string) => string][] = [
  ['Bearer', token => `Bearer ${token}`],
  ['bearer', token => `bearer  ${token}`],
  ['Bearer\\t', token => `Bearer\t ${token}`],
  ['OAuth oauth_token, oauth_client_id', token => `OAuth oauth_token="${token}", oauth_client_id="a1b2"`],
  ['OAuth oauth_client_id, oauth_token', token => `OAuth oauth_client_id="a", oauth_token="${token}"`],
]

const badTokens: [told: Said, token: (probe: Probe) => string, needs: readonly 'revokedKey'[]][] = [
  [{ en: 'a key that nobody made', ru: 'несуществующий ключ' }, () => unknownKey, []],
  [{ en: 'a revoked key', ru: 'отозванный ключ' }, probe => probe.need('revokedKey'), ['revokedKey']],
  [{ en: 'a foreign token', ru: 'чужой токен' }, () => 'y0_AgAAAAA', []],
]

const syntax = 'Authorization header has invalid syntax'
const noToken = 'OAuth token is not specified'
const noOAuth = 'OAuth credentials are not specified'
const malformed: [authorization: string, message: string][] = [
  ['Basic c2hvcDpzaG9w', syntax],
  ['', syntax],
  ['Bearer', noToken],
  ['Bearer \u00a0', noToken],
  ['Bearerx', syntax],
  ['OAuthx oauth_token="1", oauth_client_id="1"', syntax],
  ['Bearer a b', syntax],
  ['Bearer        a b', syntax],
  ['OAuth oauth_token="", oauth_client_id="1"', noToken],
  ['OAuth', noOAuth],
  ['OAuth oauth_token="1"', noOAuth],
  ['OAuth oauth_client_id="1"', noOAuth],
]

function checksOf(name: OperationName): Check[] {
  return [
    ...forms.flatMap(([form, spell]) => checksOfForm(name, form, spell)),
    ...malformed.map(each => refusedForm(name, each)),
  ]
}

function checksOfForm(name: OperationName, form: string, spell: (token: string) => string): Check[] {
  const taken = asking(
    name,
    { en: `a good key as ${form} is taken`, ru: `верный ключ в виде ${form} принимается` },
    {
      source: choice('older auth headers'),
      bend: (call, { scene }) => withCredentials(call, { [names.authorization]: spell(scene.token) }),
      expects: accepted,
    },
  )
  const bad = badTokens.map(([{ en, ru }, token, needs]) =>
    asking(
      name,
      { en: `${en} as ${form} is refused with 403`, ru: `${ru} в виде ${form}: отказ 403` },
      {
        source: contract.auth,
        needs,
        bend: (call, probe) => withCredentials(call, { [names.authorization]: spell(token(probe)) }),
        expects: refused(words.badOAuth),
      },
    ),
  )
  return [taken, ...bad]
}

function refusedForm(name: OperationName, [authorization, message]: [string, string]): Check {
  const told = JSON.stringify(authorization).replace('\u00a0', '\\u00a0')
  return asking(
    name,
    { en: `Authorization ${told} is refused with 401`, ru: `Authorization ${told}: отказ 401` },
    {
      source: contract.auth,
      bend: call => withCredentials(call, { [names.authorization]: authorization }),
      expects: refused(unauthorized(message)),
    },
  )
}

const apiKeyAlone = asking(
  'getAuthTokenInfo',
  { en: 'a key in Authorization alone is refused with 401', ru: 'ключ только в Authorization: отказ 401' },
  {
    source: choice('getAuthTokenInfo with `Authorization` alone'),
    bend: (call, { scene }) => withCredentials(call, { [names.authorization]: `Bearer ${scene.token}` }),
    expects: refused(unauthorized('Api-Key token is not specified')),
  },
)

/** The older way to say who calls: the Authorization header. */
export const authorization: Check[] = [
  ...operationNames.filter(name => !operationOf(name).apiKeyOnly).flatMap(checksOf),
  apiKeyAlone,
]
