import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

/** The keys that a Russian dictionary must have beside an English one: plurals have four forms instead of two. */
export type Russian<English> = {
  [Key in keyof English as Key extends `${infer Base}_other`
    ? `${Base}_${'one' | 'few' | 'many' | 'other'}`
    : Key]: string
}

export const languages = ['ru', 'en'] as const
export type Language = (typeof languages)[number]
type Dictionaries = Record<Language, Record<string, Record<string, string>>>

/** The dictionaries of pages by their names; a page has its texts in both languages. */
export function dictionariesOf(pages: Record<string, Record<Language, Record<string, string>>>): Dictionaries {
  const of = (language: Language) =>
    Object.fromEntries(Object.entries(pages).map(([page, texts]) => [page, texts[language]]))
  return { en: of('en'), ru: of('ru') }
}

/** Texts of pages that come later than the first. */
export function addDictionaries(dictionaries: Dictionaries): void {
  for (const language of languages)
    for (const [page, texts] of Object.entries(dictionaries[language])) i18next.addResourceBundle(language, page, texts)
}

const storageKey = 'prilavok.language'

/** The language chosen here before, else the browser's, else English. */
function firstLanguage(): Language {
  const wanted = [localStorage.getItem(storageKey) ?? '', ...navigator.languages].map(tag => tag.slice(0, 2))
  return languages.find(language => language === wanted.find(tag => languages.some(known => known === tag))) ?? 'en'
}

export function startI18n(resources: Dictionaries): void {
  void i18next.use(initReactI18next).init({
    resources,
    lng: firstLanguage(),
    fallbackLng: false,
    defaultNS: 'ui',
    keySeparator: false,
    interpolation: { escapeValue: false }, // React escapes
    initAsync: false,
  })
  document.documentElement.lang = i18next.language
}

export function switchLanguage(language: Language): void {
  localStorage.setItem(storageKey, language)
  document.documentElement.lang = language
  void i18next.changeLanguage(language)
}
