import {
  IconBoxSeam,
  IconCamera,
  IconFileInvoice,
  IconFlame,
  IconGavel,
  IconLanguage,
  IconMessage,
  IconMessageQuestion,
  IconMoodSmile,
  IconPhoto,
  IconReload,
  IconRuler2,
  IconSpeakerphone,
  IconTruckReturn,
  IconUsersGroup,
  IconZoomQuestion,
} from '@tabler/icons-react'
import { keysOf } from '#contract'

/** The scenarios by what they are about, and the icon of each. */
const groups = {
  questions: {
    'where-is-my-order': IconBoxSeam,
    'in-stock': IconZoomQuestion,
    invoice: IconFileInvoice,
    'direct-question': IconMessageQuestion,
    'foreign-buyer': IconLanguage,
  },
  troubles: {
    'wrong-size': IconRuler2,
    'defect-with-photo': IconCamera,
    'return-request': IconTruckReturn,
    'angry-and-impatient': IconFlame,
  },
  disputes: {
    'dispute-won-by-buyer': IconGavel,
    'dispute-won-by-shop': IconGavel,
  },
  unusual: {
    'burst-of-buyers': IconUsersGroup,
    'photo-series': IconPhoto,
    'sticker-only': IconMoodSmile,
    'message-after-finish': IconReload,
    'market-notice': IconSpeakerphone,
  },
} as const satisfies Record<string, Record<string, typeof IconMessage>>

export type Group = keyof typeof groups

const groupNames = keysOf(groups)
const icons: Record<string, typeof IconMessage> = Object.assign({}, ...Object.values(groups))

export const iconOf = (scenario: string) => icons[scenario] ?? IconMessage

type Named = { name: string }

/** Scenarios in their groups, in the groups' order; one that the page does not know is among the last. */
export function groupsOf<Scenario extends Named>(scenarios: readonly Scenario[]): [Group, Scenario[]][] {
  const groupOf = ({ name }: Scenario) => groupNames.find(group => name in groups[group]) ?? 'unusual'
  return groupNames
    .map((group): [Group, Scenario[]] => [group, scenarios.filter(scenario => groupOf(scenario) === group)])
    .filter(([, some]) => some.length > 0)
}
