import { type ChatContextType, chatContextTypes } from '#contract'
import type { Sort, View } from '#desk-protocol'

/** What stands after `?` in an address. What a page does not know it does not see. */
export type InboxSearch = {
  view?: View | undefined
  sort?: Sort | undefined
  cabinetId?: string | undefined
  campaignId?: string | undefined
  contextType?: ChatContextType | undefined
  /** On a narrow screen the context lies over the chat, with an address of its own. */
  panel?: 'context' | undefined
}

export const views: readonly View[] = ['waiting', 'disputes', 'buyer', 'finished', 'all']
const sorts: readonly Sort[] = ['waiting', 'newest', 'oldest']

export function readInboxSearch(raw: Record<string, unknown>): InboxSearch {
  return {
    view: oneOf(views, raw['view']),
    sort: oneOf(sorts, raw['sort']),
    cabinetId: asId(raw['cabinetId']),
    campaignId: asId(raw['campaignId']),
    contextType: oneOf(chatContextTypes, raw['contextType']),
    panel: oneOf(['context'], raw['panel']),
  }
}

export type WordSearch = { q?: string | undefined }

export function readWordSearch({ q }: Record<string, unknown>): WordSearch {
  return { q: typeof q === 'string' && q !== '' ? q.slice(0, 200) : undefined }
}

function asId(value: unknown): string | undefined {
  return typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value) ? value : undefined
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
  return words.find(word => word === value)
}
