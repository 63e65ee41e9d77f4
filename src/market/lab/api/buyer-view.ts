import { type BusinessId, type ChatId, dateTime, idOf, int32, oneOf, type Static, Type } from '#contract'
import type { LabBuyerId } from '../../store/lab-buyers.ts'
import type { LabBuyer } from '../buyers/buyers.ts'
import { findScript } from '../buyers/find-next.ts'
import { personaNames } from '../personas/index.ts'
import { intentNames } from '../personas/intents.ts'

/** Simulated buyers as the lab API shows them. */
const who = 'Who writes: see GET /lab/v1/personas.'
const why = 'Why: see GET /lab/v1/personas.'
export const persona = oneOf(personaNames, { description: who })
export const intent = oneOf(intentNames, { description: why })
export const seed = int32({ minimum: 0, description: 'What chance comes from: the same seed, the same words.' })
export const rate = Type.Number({
  minimum: 0.1,
  maximum: 100,
  default: 1,
  description: 'How many times faster than usual: 1 is 2 to 8 seconds for a thought.',
})

export const BuyerView = Type.Object(
  {
    buyerId: idOf<LabBuyerId>('The buyer.'),
    businessId: idOf<BusinessId>('The business they write to.'),
    chatId: idOf<ChatId>('Their chat.'),
    persona: Type.String({ description: who }),
    intent: Type.String({ description: why }),
    seed,
    rate,
    customerPublicId: Type.String({ description: 'The customer they are.' }),
    customerName: Type.String({ description: 'Their name.' }),
    state: oneOf(['ACTING', 'WAITING_FOR_SHOP', 'DONE'], { description: 'What they are at.' }),
    step: int32({ description: 'How many steps of their script are behind them.' }),
    nextActAt: Type.Optional(
      dateTime("When they act next, by the market's clock; if they wait for the shop, in case it is silent."),
    ),
    createdAt: dateTime('When they came, UTC.'),
  },
  { title: 'Buyer' },
)

export function buyerView(buyer: LabBuyer): Static<typeof BuyerView> {
  const { buyerId, businessId, chatId, persona, intent, seed, rate, customerPublicId, customerName, createdAt } = buyer
  const facts = { buyerId, businessId, chatId, persona, intent, seed, rate, customerPublicId, customerName }
  return { ...facts, ...progressOf(buyer), createdAt: createdAt.toISOString() }
}

function progressOf({ next, ...buyer }: LabBuyer) {
  if (buyer.endedAt) return { state: 'DONE', step: findScript(buyer, { orderId: null })?.steps.length ?? 0 } as const
  if (next?.what === 'waits for shop') return { state: 'WAITING_FOR_SHOP', step: next.step } as const
  if (!next || next.what === 'done') return { state: 'ACTING', step: next?.step ?? 0 } as const
  const state = next.isForSilence ? 'WAITING_FOR_SHOP' : 'ACTING'
  return { state, step: next.step, nextActAt: next.at.toISOString() } as const
}
