import { type OperationName, operations } from '#contract'
import { asking, type Check, checkOf } from '../../check/check.ts'
import { operationNames } from '../../check/subjects.ts'
import { twiceIfItDiffers } from '../../check/twice.ts'
import { accepted, compareAnswers, status } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { words } from '../../expect/words.ts'
import { choice, contract, observed } from '../../findings/sources.ts'
import { type Call, withQuery } from '../../http/call.ts'
import { isWriting } from '../../http/writing.ts'

const forms: [told: string, change: (path: string) => string][] = [
  ['.json', path => `${path}.json`],
  ['without /v2', path => path.slice(3)],
  ['without /v2, .json', path => `${path.slice(3)}.json`],
]

const versionOf = (name: OperationName) => `/${operations[name].path.split('/')[1]}`

/** The version that may be left out is that of most operations. */
const formsOf = (name: OperationName) => (versionOf(name) === '/v2' ? forms : forms.slice(0, 1))

function knownForms(name: OperationName): Check[] {
  return formsOf(name).map(([told, change]) =>
    checkOf(
      name,
      { en: `the path ${told} answers the same`, ru: `путь в виде «${told}» даёт тот же ответ` },
      {
        source: contract.request,
        calls: 4,
        run: twiceIfItDiffers(async probe => {
          const plain = await probe.send(probe.call(name))
          const call = probe.call(name)
          const reply = await probe.send({ ...call, path: change(call.path) })
          const wrong = accepted(contract.request)(reply, probe)
          return wrong.length > 0 ? wrong : compareAnswers(reply, plain, contract.request)
        }),
        writes: isWriting(name),
      },
    ),
  )
}

const roots: Record<string, readonly string[]> = {
  '/v1': ['/V1', '/v3', '/v2', '/v1/v1', '/api/v1', '//v1'],
  '/v2': ['/V2', '/v3', '/v1', '/v2/v2', '/api/v2', '//v2'],
}

type Form = [told: string, change: (path: string) => string]

const others = (version: string): Form[] => [
  ...(roots[version] ?? []).map((root): Form => [`${root}/…`, path => path.replace(version, root)]),
  ['…/', path => `${path}/`],
  ['….JSON', path => `${path}.JSON`],
  ['….xml', path => `${path}.xml`],
  ['in capitals', path => path.toUpperCase()],
  ['…x', path => `${path}x`],
]

function unknownForms(name: OperationName): Check[] {
  return others(versionOf(name)).map(([told, change]) => {
    // A path that ends in an id takes what follows for a part of the id.
    const isId = operations[name].path.endsWith('}') && /^…(\.JSON|\.xml|x)$/.test(told)
    const status400 = { en: `the path ${told} is refused with 400`, ru: `путь ${told}: отказ 400` }
    const status404 = { en: `the path ${told} is not found`, ru: `путь ${told} не найден` }
    return asking(name, isId ? status400 : status404, {
      source: observed,
      bend: call => ({ ...call, path: change(call.path) }),
      expects: isId ? status(400) : refused(words.noResource),
    })
  })
}

function unknownParameters(name: OperationName): Check {
  return asking(
    name,
    { en: 'unknown parameters are ignored', ru: 'неизвестные параметры не мешают' },
    {
      source: choice('unknown fields and parameters'),
      bend: call => withQuery(call, { lang: 'ru', format: 'json', constructor: '2' }),
      expects: accepted,
    },
  )
}

const nowhere = [
  '/',
  '/v2',
  '/v2/',
  '/v2/businesses',
  '/v2/businesses/1',
  '/v2/orders',
  '/v2/businesses/%ZZ/chats',
  '/.env',
  '/v2/chats.json',
]

function notFound(path: string): Check {
  return {
    subject: 'transport',
    rule: { en: `${path} is not found`, ru: `${path} не найден` },
    source: observed,
    needs: [],
    writes: false,
    calls: 1,
    run: async probe => refused(words.noResource)(observed)(await probe.send(bare(path)), probe),
  }
}

const bare = (path: string): Call => ({ subject: 'transport', verb: 'GET', path, query: {}, headers: {} })

/** Under which paths an operation answers, and under which it does not. */
export const paths: Check[] = [
  ...operationNames.flatMap(name => [...knownForms(name), ...unknownForms(name), unknownParameters(name)]),
  ...nowhere.map(notFound),
]
