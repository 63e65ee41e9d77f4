import type { ChoiceRow } from './choice-rows.ts'
import type { Source } from './finding.ts'

const published = (en: string, ru: string) => ({ kind: 'contract', told: { en, ru } }) as const

/** The published documents, by what they are about. */
export const contract = {
  schema: published('published schema of the operation', 'опубликованная схема операции'),
  errors: published('published list of errors', 'опубликованный список ошибок'),
  auth: published('published rules of authorization', 'опубликованные правила авторизации'),
  scopes: published('published list of scopes', 'опубликованный список доступов'),
  request: published('published format of requests', 'опубликованный формат запросов'),
  limits: published('published limits and their headers', 'опубликованные лимиты и их заголовки'),
  paging: published('published rules of paging', 'опубликованные правила постраничного чтения'),
  chats: published('published description of chats', 'опубликованное описание чатов'),
} satisfies Record<string, Source>

/** What nobody documents and real traffic shows. */
export const observed: Source = {
  kind: 'observed',
  told: { en: 'seen in real traffic of Yandex.Market', ru: 'видно по ответам Яндекс Маркета' },
}

/** A choice of Prilavok, by its row in docs/compat.md. */
export const choice = (row: ChoiceRow): Source => ({ kind: 'choice', row })
