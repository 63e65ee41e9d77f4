import { type BusinessId, type ChatId, idOf, Type } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint, problems } from '#serving'
import { usual } from '../../admin/access/parameters.ts'
import type { Postbox } from '../../chats/postbox.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { postToChat } from '../../own-apis/post-to-chat.ts'
import type { LabBuyer, LabBuyers } from '../buyers/buyers.ts'
import { seed } from './buyer-view.ts'
import { aboutOf, scenarioNames, scenarioOf, scenarios } from './scenarios.ts'

const tag = 'scenarios'

type Needs = { sql: Sql; postbox: Postbox; labBuyers: LabBuyers }

const Scenario = Type.Object(
  {
    name: Type.String({ description: 'How it is asked for.' }),
    description: Type.String({ description: 'What happens in it.' }),
  },
  { title: 'Scenario' },
)

export const listScenarios = defineEndpoint(
  defineOwnOperation({
    name: 'listScenarios',
    verb: 'GET',
    path: '/lab/v1/scenarios',
    tag,
    summary: 'List scenarios',
    description: 'What can be set going at one stroke.',
    response: Type.Object({ scenarios: Type.Array(Scenario) }),
    refusals: usual,
  }),
  async () => ({ scenarios: scenarioNames.map(name => ({ name, description: scenarios[name].description })) }),
)

export const playScenario = defineEndpoint(
  defineOwnOperation({
    name: 'playScenario',
    verb: 'POST',
    path: '/lab/v1/scenarios/{name}',
    tag,
    summary: 'Play a scenario',
    description:
      'Buyers come and say their first words, then go on by themselves. Answered when those words are there.',
    params: Type.Object({ name: Type.String({ minLength: 1, maxLength: 50, description: 'The scenario.' }) }),
    body: Type.Object({
      businessId: idOf<BusinessId>('The business they write to.'),
      seed: Type.Optional(seed),
    }),
    response: Type.Object({
      scenario: Type.String({ description: 'Its name.' }),
      chatIds: Type.Array(idOf<ChatId>('A chat of it.')),
      did: Type.Array(Type.String(), { description: 'What has happened, line by line.' }),
    }),
    status: 201,
    refusals: [...usual, 404, 409],
  }),
  async (needs: Needs, { params: { name }, body: { businessId, seed } }) => {
    const scenario = scenarioOf(name)
    if (!scenario) throw problems.notFound(`There is no scenario with this name: ${scenarioNames.join(', ')}.`)
    const chatIds: ChatId[] = []
    const did: string[] = []
    for (const [index, wanted] of scenario.buyers.entries()) {
      const request = {
        ...wanted,
        businessId,
        about: aboutOf(wanted),
        seed: seed === undefined ? undefined : seed + index,
      }
      const buyer = await needs.labBuyers.create(request)
      chatIds.push(buyer.chatId)
      did.push(describe(buyer))
      if (scenario.notice === undefined) continue
      const content = { kind: 'text', body: scenario.notice } as const
      await postToChat(needs, { businessId, chatId: buyer.chatId, event: 'market_writes', sender: 'market', content })
      did.push(`The market wrote in chat ${buyer.chatId}.`)
    }
    return { scenario: name, chatIds, did }
  },
)

function describe({ customerName, chatId, persona, intent, seed, next }: LabBuyer): string {
  const words = next === undefined || next.step > 0 ? 'wrote' : 'is about to write'
  return `${customerName} opened chat ${chatId} and ${words} (${persona}, ${intent}, seed ${seed}).`
}
