import type { Texts } from '../texts.ts'
import { ruHelp } from './help.ts'
import { ruLocal } from './local.ts'
import { ruLocalHelp } from './local-help.ts'
import { ruShop } from './shop.ts'

export const ru: Texts = { language: 'ru', help: { ...ruHelp, ...ruLocalHelp }, ...ruShop, ...ruLocal }
