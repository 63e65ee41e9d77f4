/** Where the names are put that a request has and its declaration does not know; nothing, as long as all are known. */
export type UnknownNames = { unknown?: string[] | undefined }

const namesMax = 20
// More than anybody shows of it: what is secret in it must be found whole before it is cut.
const nameMaxLength = 1000

/** Notes a name by its place: `body.contexts[0].kind`. What a line cannot hold is replaced, the rest of a long one left out. */
export function noteUnknown(names: UnknownNames, at: string): void {
  names.unknown ??= []
  const noted = names.unknown
  if (noted.length >= namesMax) return
  const name = at.length > nameMaxLength ? at.slice(0, nameMaxLength) : at
  noted.push(name.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd'))
}
