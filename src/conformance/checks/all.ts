import type { Check } from '../check/check.ts'
import { authorization } from './access/authorization.ts'
import { businesses } from './access/businesses.ts'
import { credentials } from './access/credentials.ts'
import { scopes } from './access/scopes.ts'
import { answers } from './reading/answers.ts'
import { campaigns } from './reading/campaigns.ts'
import { dates } from './reading/dates.ts'
import { foundChats } from './reading/found-chats.ts'
import { headers } from './reading/headers.ts'
import { history } from './reading/history.ts'
import { orders } from './reading/orders.ts'
import { tokens } from './reading/tokens.ts'
import { traces } from './reading/traces.ts'
import { walks } from './reading/walks.ts'
import { filters } from './requests/filters.ts'
import { ids } from './requests/ids.ts'
import { jsonBodies } from './requests/json-bodies.ts'
import { media } from './requests/media.ts'
import { pages } from './requests/pages.ts'
import { paths } from './requests/paths.ts'
import { wrongVerbs } from './requests/verbs.ts'
import { createChat } from './writing/create-chat.ts'
import { files } from './writing/files.ts'
import { finished } from './writing/finished.ts'
import { texts } from './writing/texts.ts'

/** The table of all checks. */
export const checks: readonly Check[] = [
  ...answers,
  ...dates,
  ...walks,
  ...tokens,
  ...foundChats,
  ...history,
  ...campaigns,
  ...orders,
  ...headers,
  ...traces,
  ...paths,
  ...wrongVerbs,
  ...credentials,
  ...authorization,
  ...scopes,
  ...businesses,
  ...ids,
  ...pages,
  ...jsonBodies,
  ...media,
  ...filters,
  ...createChat,
  ...texts,
  ...files,
  ...finished,
]
