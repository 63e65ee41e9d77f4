import { type Operation, type OperationName, operations, type Schema } from '#contract'

export const operationNames = Object.values(operations).map(({ name }) => name)

export const operationOf = (name: OperationName): Operation => operations[name]

/** Operations whose path names a business or a campaign. */
export const owned = operationNames.filter(name => operations[name].path.includes('{'))
export const ofBusiness = owned.filter(name => operations[name].path.includes('{businessId}'))
export const withJsonBody = operationNames.filter(name => operationOf(name).body !== undefined)
export const withFile = operationNames.filter(name => operationOf(name).filePart !== undefined)

/** The path of the operation with this in place of its id. */
export function pathWith(name: OperationName, id: string | bigint): string {
  return operations[name].path.replace(/\{\w+\}/, `${id}`)
}

export function queryOf(name: OperationName): Schema {
  return operationOf(name).query ?? {}
}

/** Operations with this query parameter. */
export function havingQuery(parameter: string): OperationName[] {
  return operationNames.filter(name => queryOf(name).properties?.[parameter] !== undefined)
}

/** Pages are asked for by tokens. */
export const paged = havingQuery('pageToken')
