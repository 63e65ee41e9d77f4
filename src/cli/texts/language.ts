const languages = ['en', 'ru'] as const
export type Language = (typeof languages)[number]

/** PRILAVOK_LANG, else the locale of messages as POSIX has it; what is not Russian is English. */
export function languageOf(environment: NodeJS.ProcessEnv): Language {
  const names = ['PRILAVOK_LANG', 'LC_ALL', 'LC_MESSAGES', 'LANG']
  const locale = names.map(name => environment[name]).find(value => value !== undefined && value !== '')
  return /^ru(?![a-z])/i.test(locale ?? '') ? 'ru' : 'en'
}

type Forms = { one: string; few?: string; many?: string; other?: string }

/** `3 chats`: the number as the language writes it, and the word in the form that goes with it. */
export function counted(language: Language, count: number, forms: Forms): string {
  const form = new Intl.PluralRules(language).select(count)
  const word = form === 'one' ? forms.one : form === 'few' ? forms.few : form === 'many' ? forms.many : undefined
  return `${new Intl.NumberFormat(language).format(count)} ${word ?? forms.other ?? forms.many ?? forms.one}`
}

/** What others say in English, and what is said instead, with the groups of what fits as `$1`. */
export type Rewording = readonly (readonly [said: RegExp, instead: string])[]

export function reword(text: string, table: Rewording): string {
  return table.reduce((told, [said, instead]) => told.replace(said, instead), text)
}
