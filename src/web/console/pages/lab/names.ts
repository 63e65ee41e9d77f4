import { useTranslation } from 'react-i18next'

type Kind = 'scenario' | 'scenarioNote' | 'persona' | 'intent' | 'fault' | 'target'

/** The name of what the lab knows, in the page's language; what the page does not know, in the lab's own words. */
export function useNames(): (kind: Kind, name: string, otherwise?: string) => string {
  const { i18n } = useTranslation('lab')
  return (kind, name, otherwise = name) => {
    const text: unknown = i18n.getResource(i18n.language, 'lab', `${kind}_${name}`)
    return typeof text === 'string' ? text : otherwise
  }
}
