import * as words from '../../parts/words/texts.ts'
import { dictionariesOf } from '../../ui/i18n.ts'
import * as ui from '../../ui/texts.ts'
import * as desk from './desk.ts'
import * as inbox from './inbox.ts'
import type { later } from './later.ts'
import * as order from './order.ts'
import * as writing from './writing.ts'

/** The texts of what comes first, by page: `useTranslation('inbox')`. A key that one language lacks does not compile. */
const pages = { ui, words, desk, inbox, order, writing }
export type Pages = typeof pages & typeof later

export const dictionaries = dictionariesOf(pages)
