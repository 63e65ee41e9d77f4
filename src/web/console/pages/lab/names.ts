import { useTranslation } from 'react-i18next'

type Kind = 'scenario' | 'scenarioNote' | 'persona' | 'intent' | 'fault' | 'target'

/** The name of a thing of the lab in the page's language; a thing that the page does not know keeps the lab's name. */
export function useNames(): (kind: Kind, name: string, otherwise?: string) => string {
  const { i18n } = useTranslation('lab')
  return (kind, name, otherwise = name) => {
    const text: unknown = i18n.getResource(i18n.language, 'lab', `${kind}_${name}`)
    return typeof text === 'string' ? text : otherwise
  }
}
