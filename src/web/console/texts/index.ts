import * as words from '../../parts/words/texts.ts'
import { dictionariesOf } from '../../ui/i18n.ts'
import * as ui from '../../ui/texts.ts'
import * as business from './business.ts'
import * as chats from './chats.ts'
import * as coverage from './coverage.ts'
import * as frame from './frame.ts'
import * as keys from './keys.ts'
import * as lab from './lab.ts'
import * as notifications from './notifications.ts'
import * as overview from './overview.ts'
import * as phone from './phone.ts'
import * as queryLog from './query-log.ts'
import * as subscriptionForm from './subscription-form.ts'
import * as testOrders from './test-orders.ts'

/** Every text of the console, by page: `useTranslation('keys')`. A key that one language lacks does not compile. */
const pages = {
  ui,
  frame,
  business,
  overview,
  testOrders,
  chats,
  phone,
  keys,
  notifications,
  subscriptionForm,
  queryLog,
  lab,
  coverage,
  words,
}
export type Pages = typeof pages

export const dictionaries = dictionariesOf(pages)
