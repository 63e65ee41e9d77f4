import { addDictionaries } from '../../ui/i18n.ts'
import { laterDictionaries } from './later.ts'

addDictionaries(laterDictionaries)
