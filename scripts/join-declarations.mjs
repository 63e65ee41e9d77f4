// The public types of a package as one file: what its door exports, what that refers to, and nothing else.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseAst } from 'rolldown/parseAst'

/** Of the .d.ts that tsc has written for the door. Throws if a public type comes from outside of its folder. */
export function joinDeclarations(door) {
  const files = makeFiles()
  const names = new Map()
  for (const [name, path] of files.exportsOf(door)) {
    const declaration = files.find(path, name, `The door exports ${name}`)
    names.set(declaration, name)
  }
  const isPublic = new Set(names.keys())
  // A Map goes on over what is added on the way.
  for (const [declaration] of names) {
    for (const { name } of declaration.references) {
      const found = files.find(declaration.path, name, `${declaration.name} refers to ${name}`)
      if (found && !names.has(found)) names.set(found, freeName(found.name, new Set(names.values())))
      declaration.targets.set(name, found)
    }
  }
  const texts = Array.from(names.keys(), declaration => spell(declaration, names, isPublic.has(declaration)))
  // Without this line everything in a file of declarations is exported.
  return `${texts.join('\n\n')}\n\nexport {}\n`
}

/** What is local to two files may have one name there. */
function freeName(name, taken) {
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name}${number}`
  return free
}

function spell({ text, places, targets }, names, isPublic) {
  let spelled = text
  for (const { name, start, end } of places.toSorted((a, b) => b.start - a.start)) {
    const target = targets.get(name)
    if (target) spelled = spelled.slice(0, start) + names.get(target) + spelled.slice(end)
  }
  const bare = spelled.replace(/^export /m, '')
  return isPublic ? bare.replace(/^(?=(?:declare|type|interface) )/m, 'export ') : bare
}

/** The files of declarations, each read once. */
function makeFiles() {
  const read = new Map()
  const fileAt = path => {
    if (!read.has(path)) read.set(path, readDeclarations(path))
    return read.get(path)
  }

  /** Every name that a file exports, with a file in which it is found. */
  function exportsOf(path) {
    const { declared, passedOn, all } = fileAt(path)
    const own = [...declared.values()].filter(({ isExported }) => isExported)
    return [
      ...own.map(({ name }) => [name, path]),
      ...[...passedOn.keys()].map(name => [name, path]),
      ...all.flatMap(exportsOf),
    ]
  }

  /** The declaration that a name means in a file; undefined if it is the language's own. */
  function find(path, name, why) {
    const { declared, imported, passedOn } = fileAt(path)
    if (declared.has(name)) return declared.get(name)
    const elsewhere = imported.get(name) ?? passedOn.get(name)
    if (!elsewhere) return undefined
    if (!elsewhere.path.startsWith('/')) throw new Error(`${why} of ${elsewhere.path}: public types must stand alone`)
    const { all } = fileAt(elsewhere.path)
    const from = all.find(star => exportsOf(star).some(([other]) => other === elsewhere.name)) ?? elsewhere.path
    return find(from, elsewhere.name, why)
  }

  return { exportsOf, find }
}

function readDeclarations(path) {
  const text = readFileSync(path, 'utf8')
  const file = { declared: new Map(), imported: new Map(), passedOn: new Map(), all: [] }
  let end = 0
  for (const statement of parseAst(text, { lang: 'dts' }).body) {
    const from = statement.source && resolveFrom(path, statement.source.value)
    if (from) readSource(file, statement, from)
    else if (statement.declaration !== null) declare(file, statement, { path, text, begin: end })
    end = statement.end
  }
  return file
}

function readSource({ imported, passedOn, all }, { type, specifiers }, path) {
  if (type === 'ExportAllDeclaration') all.push(path)
  for (const { local, imported: name, exported } of specifiers ?? []) {
    if (exported) passedOn.set(exported.name, { path, name: local.name })
    else imported.set(local.name, { path, name: name?.name ?? '*' })
  }
}

/** With the docstring before it. */
function declare({ declared }, statement, { path, text, begin }) {
  const offset = begin + text.slice(begin).search(/\S/)
  const isExported = statement.type === 'ExportNamedDeclaration'
  const declaration = isExported ? statement.declaration : statement
  const { id } = declaration.declarations?.[0] ?? declaration
  const references = referencesOf(declaration)
  const at = ({ name, start }) => ({ name, start: start - offset, end: start + name.length - offset })
  const found = { path, name: id.name, isExported, text: text.slice(offset, statement.end), references }
  const targets = new Map([[id.name, found]])
  declared.set(id.name, Object.assign(found, { targets, places: [id, ...references].map(at) }))
}

function resolveFrom(path, name) {
  return /^\.\.?\//.test(name) ? join(dirname(path), name.replace(/\.[jt]s$/, '.d.ts')) : name
}

const referring = { TSTypeReference: 'typeName', TSTypeQuery: 'exprName', TSClassImplements: 'expression' }

/** Where a declaration names others; its own type parameters are none. */
function referencesOf(declaration) {
  const found = []
  const own = new Set()
  visit(declaration, node => {
    const name = node[referring[node.type]] ?? node.superClass
    if (name) found.push(name.left ?? name)
    if (node.type === 'TSTypeParameter') own.add(node.name.name)
    if (node.type === 'TSImportType') throw new Error(`A type is imported in place from ${node.source.value}: name it`)
  })
  return found.filter(({ name }) => !own.has(name))
}

function visit(node, look) {
  if (typeof node !== 'object' || node === null) return
  if (node.type) look(node)
  for (const part of Object.values(node)) visit(part, look)
}
