import { keyNameMaxLength } from '../limits.ts'
import { commonRefusals, defineOperation } from '../operation.ts'
import { oneOf } from '../schema.ts'
import { scopeOnWire, scopes } from '../scopes.ts'
import { responseWith } from '../shapes/envelope.ts'
import { Type } from '../type.ts'

const ApiKey = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: keyNameMaxLength, description: 'The name of the key.' }),
    authScopes: Type.Array(oneOf(scopes.map(scopeOnWire)), { uniqueItems: true, description: 'What the key may do.' }),
  },
  { title: 'ApiKeyDTO' },
)

export const getAuthTokenInfo = defineOperation({
  name: 'getAuthTokenInfo',
  verb: 'POST',
  path: '/v2/auth/token',
  tag: 'auth',
  summary: 'Read what a key may do',
  description: 'The name and the scopes of the key that the request carries. Only for the Api-Key header.',
  scopes,
  perHour: 100,
  apiKeyOnly: true,
  response: responseWith('GetTokenInfoResponse', Type.Object({ apiKey: ApiKey }, { title: 'TokenDTO' })),
  refusals: [...commonRefusals],
})
