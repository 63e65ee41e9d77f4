import { maxInt64, headers as names, type OperationName } from '#contract'
import { asking, type Check } from '../../check/check.ts'
import { ofBusiness, operationNames, owned, pathWith } from '../../check/subjects.ts'
import { accepted } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { words } from '../../expect/words.ts'
import { choice, observed } from '../../findings/sources.ts'
import { type Call, withHeaders, withQuery } from '../../http/call.ts'
import type { Probe } from '../../probe/probe.ts'

const asStranger = (call: Call, probe: Probe) => withHeaders(call, { [names.apiKey]: probe.need('foreignKey').token })
function foreign(name: OperationName): Check[] {
  const told = { source: observed, expects: refused(words.accessDenied) }
  return [
    asking(
      name,
      { en: 'the key of another business is refused with 403', ru: 'ключ другого кабинета: отказ 403' },
      {
        ...told,
        needs: ['foreignKey'],
        bend: asStranger,
      },
    ),
    asking(
      name,
      {
        en: 'a business or campaign that does not exist is refused with 403',
        ru: 'несуществующий кабинет или магазин: отказ 403',
      },
      {
        ...told,
        bend: call => ({ ...call, path: pathWith(name, maxInt64) }),
      },
    ),
  ]
}

function saysNothing(name: OperationName): Check {
  const rule = {
    en: 'the key of another business is not told what would fit',
    ru: 'ключу другого кабинета не сообщается, что не так в запросе',
  }
  return asking(name, rule, {
    source: choice('order of checks'),
    needs: ['foreignKey'],
    bend: (call, probe) => withQuery(asStranger(call, probe), { chatId: 'abc', limit: '0' }),
    expects: refused(words.accessDenied),
  })
}

function disabled(name: OperationName): Check {
  const isOfBusiness = ofBusiness.includes(name)
  const rule = isOfBusiness
    ? { en: 'a disabled business is refused with 403', ru: 'отключённый кабинет: отказ 403' }
    : {
        en: 'a disabled business may look at its campaigns and its key',
        ru: 'отключённому кабинету видны его магазины и ключ',
      }
  return asking(name, rule, {
    source: isOfBusiness ? observed : choice('campaigns of a disabled business'),
    needs: ['disabledKey'],
    bend: (call, probe) => asDisabled(name, call, probe),
    expects: isOfBusiness ? refused(probe => words.disabled(probe.need('disabledKey').businessId)) : accepted,
  })
}

function asDisabled(name: OperationName, call: Call, probe: Probe): Call {
  const { token, ...ids } = probe.need('disabledKey')
  const id = ofBusiness.includes(name) ? ids.businessId : ids.campaignId
  return withHeaders({ ...call, path: pathWith(name, id) }, { [names.apiKey]: token })
}

/** A key opens its own business alone. */
export const businesses: Check[] = [
  ...owned.flatMap(foreign),
  ...ofBusiness.map(saysNothing),
  ...operationNames.map(disabled),
]
