import { type OperationName, operations } from '#contract'
import { asking, type Check } from '../../check/check.ts'
import { operationNames, pathWith } from '../../check/subjects.ts'
import { compare, status } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { words } from '../../expect/words.ts'
import { choice, contract, observed } from '../../findings/sources.ts'
import type { Call } from '../../http/call.ts'
import { isWriting } from '../../http/writing.ts'

const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const wrongVerb = choice('a wrong verb')

function verbsOf(path: string): string[] {
  return Object.values(operations)
    .filter(operation => operation.path === path)
    .map(({ verb }) => verb)
}

/** Without a key: whatever the verb may mean there, it is done to nobody. */
function bare(name: OperationName, verb: string): Call {
  return { subject: name, verb, path: pathWith(name, '1'), query: {}, headers: {} }
}

function refusedVerbs(name: OperationName): Check[] {
  const known = verbsOf(operations[name].path)
  const allowed = [...known, ...(known.includes('GET') ? ['HEAD'] : [])].sort().join(', ')
  return verbs
    .filter(verb => !known.includes(verb))
    .map(verb => {
      const isRefused = refused(words.wrongVerb(verb))(observed)
      return {
        subject: name,
        rule: { en: `${verb} is refused with 405`, ru: `${verb}: отказ 405` },
        source: observed,
        needs: [],
        writes: isWriting(name),
        calls: 1,
        run: async probe => {
          const reply = await probe.send(bare(name, verb))
          const wrong = isRefused(reply, probe)
          const allow = (reply.headers['allow'] ?? '').split(', ').sort().join(', ')
          return wrong.length > 0
            ? wrong
            : compare(reply, { at: 'header allow', expected: allowed, got: allow, source: wrongVerb })
        },
      }
    })
}

function head(name: OperationName): Check {
  const { path, verb } = operations[name]
  // The GET beside sendMessageToChat misses its messageId.
  const expected = verb === 'GET' ? 200 : verbsOf(path).includes('GET') ? 400 : 405
  return asking(
    name,
    { en: `HEAD is answered with ${expected} and no body`, ru: `на HEAD ответ ${expected} без тела` },
    {
      source: choice('HEAD'),
      bend: ({ body: _body, ...call }) => ({ ...call, verb: 'HEAD' }),
      expects: source => (reply, probe) => [
        ...status(expected)(source)(reply, probe),
        ...compare(reply, { at: 'body', expected: '', got: reply.text, source }),
      ],
    },
  )
}

const otherForm = asking(
  'getCampaigns',
  { en: 'DELETE is refused with 405 under the older path too', ru: 'DELETE по старому пути: тоже отказ 405' },
  {
    source: contract.request,
    bend: ({ path }) => ({ ...bare('getCampaigns', 'DELETE'), path: `${path.slice(3)}.json` }),
    expects: status(405),
  },
)

/** Which verbs a path knows. */
export const wrongVerbs: Check[] = [...operationNames.flatMap(name => [...refusedVerbs(name), head(name)]), otherForm]
