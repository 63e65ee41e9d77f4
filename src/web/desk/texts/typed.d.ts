import type { Pages } from './index.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui'
    keySeparator: false
    resources: { [Page in keyof Pages]: Pages[Page]['en'] }
  }
}
