import { dictionariesOf } from '../../ui/i18n.ts'
import * as connect from './connect.ts'
import * as offline from './offline.ts'
import * as replies from './replies.ts'
import * as settings from './settings.ts'
import * as start from './start.ts'

/** The texts of pages that are fetched when they are first opened. */
export const later = { connect, offline, replies, settings, start }
export const laterDictionaries = dictionariesOf(later)
