import { enHelp } from './help.ts'
import { enLocal } from './local.ts'
import { enLocalHelp } from './local-help.ts'
import { enShop } from './shop.ts'

export const en = { language: 'en' as const, help: { ...enHelp, ...enLocalHelp }, ...enShop, ...enLocal }
