import { basename } from 'node:path'

export const languages = ['en', 'ru'] as const
export type Language = (typeof languages)[number]

/** Begins in both languages. */
const first = ['five-minutes', 'notifications', 'testing', 'moving-to-yandex-market', 'running-a-marketplace']

type Group = { title: Record<Language, string>; pages: { path: string; label: Record<Language, string> | undefined }[] }

const page = (path: string, en: string, ru: string) => ({ path, label: { en, ru } })

/** The pages whose names stand at the side, for one language; those without a label are called as they call themselves. */
export function contents(language: Language): Group[] {
  return [
    {
      title: { en: 'Begin', ru: 'Начало' },
      pages: first.map(name => ({ path: `docs/guide/${language}/${name}.md`, label: undefined })),
    },
    {
      title: { en: 'Reference', ru: 'Справочник' },
      pages: [
        page('docs/client.md', 'The client', 'Клиент'),
        page('docs/testing.md', 'A market in tests', 'Маркет в тестах'),
        page('docs/desk.md', 'The desk', 'Рабочее место'),
        page('docs/compat.md', 'Compatibility', 'Совместимость'),
        page('docs/state.md', 'State files', 'Файлы состояния'),
        page('docs/record.md', 'Record and replay', 'Запись и воспроизведение'),
        page('docs/conformance.md', 'Checking a server', 'Проверка сервера'),
      ],
    },
    {
      title: { en: 'Operations', ru: 'Эксплуатация' },
      pages: [
        page('docs/operations.md', 'Running a market', 'Работа маркета'),
        page('docs/several-processes.md', 'Several processes', 'Несколько процессов'),
        page('docs/scaling.md', 'Past one machine', 'Больше одной машины'),
        page('docs/performance.md', 'Performance', 'Производительность'),
      ],
    },
    {
      title: { en: 'Inside', ru: 'Как это устроено' },
      pages: [
        page('ARCHITECTURE.md', 'Architecture', 'Архитектура'),
        page(decisionsPage, 'Decisions', 'Решения'),
        page('docs/proof.md', 'Proof', 'Доказательства'),
        page('docs/dependencies.md', 'Dependencies', 'Зависимости'),
        page('CHANGELOG.md', 'Changelog', 'Список изменений'),
      ],
    },
  ]
}

/** A folder that has a page of its own: the list of what is in it. */
export const decisionsPage = 'docs/decisions'

export const homeOf = (language: Language): string => `docs/guide/${language}/index.md`

export const isBegin = (path: string): boolean => /^docs\/guide\/\w+\//.test(path)

export function languageOf(path: string): Language {
  return /^docs\/guide\/ru\//.test(path) ? 'ru' : 'en'
}

/** The same page in another language, or the page with which that language begins. */
export function inLanguage(path: string, language: Language): string {
  return isBegin(path) ? path.replace(/^docs\/guide\/\w+/, `docs/guide/${language}`) : homeOf(language)
}

/** Where a file of the repository is below /guide/: `en/docs/client`, the first pages without folders; a home ends in a slash. */
export function addressOf(path: string): string {
  if (isBegin(path)) {
    const name = basename(path, '.md')
    return `${languageOf(path)}/${name === 'index' ? '' : name}`
  }
  return `en/${path.replace(/\.md$/, '').toLowerCase()}`
}
