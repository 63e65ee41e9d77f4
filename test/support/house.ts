import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { parseSync, Visitor } from 'rolldown/utils'
import { findCircles, type Graph } from './circles.ts'

const root = join(import.meta.dirname, '../..')

export type SourceFile = {
  /** From the root of the project. */
  path: string
  text: string
  lines: number
  /** What it imports of this project, by path; types too. */
  imports: string[]
  /** Lines of each function that has a body in braces or more than one line. */
  functions: { at: string; lines: number }[]
  casts: string[]
  /** `any` and `!`. */
  holes: string[]
  throws: number
  bareErrors: string[]
}

type Found = Pick<SourceFile, 'functions' | 'casts' | 'holes' | 'throws' | 'bareErrors'> & { names: string[] }
type Span = { start: number; end: number }

/** All of src/ that runs: no tests. */
export function readHouse(): SourceFile[] {
  const paths = globSync('src/**/*.{ts,tsx}', { cwd: root }).filter(path => !path.includes('.test.'))
  const known = new Set(paths)
  return paths.sort().map(path => {
    const text = readFileSync(join(root, path), 'utf8')
    const { names, ...found } = look(path, text)
    const imports = names.flatMap(name => resolve(path, name) ?? []).filter(target => known.has(target))
    return { path, text, lines: text.split('\n').length - 1, imports, ...found }
  })
}

const doors = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).imports as Record<string, string> // as npm has it

function resolve(path: string, name: string): string | undefined {
  if (name.startsWith('#')) return doors[name] && normalize(doors[name])
  return name.startsWith('.') ? normalize(join(dirname(path), name)) : undefined
}

/** What one file holds, by its syntax. */
export function look(path: string, text: string): Found {
  const found: Found = { functions: [], casts: [], holes: [], throws: 0, bareErrors: [], names: [] }
  const { program } = parseSync(path, text)
  const at = ({ start }: Span) => `${path}:${text.slice(0, start).split('\n').length}`
  const measure = (node: Span & { body?: { type: string } | null }) => {
    const lines = text.slice(node.start, node.end).split('\n').length
    if (node.body?.type === 'BlockStatement' || lines > 1) found.functions.push({ at: at(node), lines })
  }
  const name = ({ source }: { source?: object | null }) => {
    if (source && 'value' in source && typeof source.value === 'string') found.names.push(source.value)
  }
  new Visitor({
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
    ImportDeclaration: name,
    ExportNamedDeclaration: name,
    ExportAllDeclaration: name,
    ImportExpression: name,
    TSAsExpression: node => {
      const isConst = text.slice(node.typeAnnotation.start, node.typeAnnotation.end) === 'const'
      if (!isConst) found.casts.push(at(node))
    },
    TSTypeAssertion: node => void found.casts.push(at(node)),
    TSNonNullExpression: node => void found.holes.push(at(node)),
    TSAnyKeyword: node => void found.holes.push(at(node)),
    ThrowStatement: node => {
      found.throws++
      if (/^new Error\(/.test(text.slice(node.argument.start, node.argument.end))) found.bareErrors.push(at(node))
    },
  }).visit(program)
  return found
}

export function fileGraph(files: readonly SourceFile[]): Graph {
  return new Map(files.map(({ path, imports }) => [path, new Set(imports)]))
}

/** Folder -> the other folders that its own files import from. The door of a room only passes on: it stands for itself. */
export function folderGraph(files: readonly SourceFile[]): Graph {
  const isDoor = new Set(Object.values(doors).map(normalize))
  const folderOf = (path: string) => (isDoor.has(path) ? path : dirname(path))
  const graph = new Map<string, Set<string>>()
  for (const { path, imports } of files) {
    const folder = folderOf(path)
    const targets = graph.get(folder) ?? new Set()
    for (const target of imports) if (folderOf(target) !== folder) targets.add(folderOf(target))
    graph.set(folder, targets)
  }
  return graph
}

/** What the sources keep to; test/house.test.ts fails beyond. */
export const bounds = {
  fileLines: { median: 55, p90: 130, max: 300 },
  functionLines: { median: 8, p90: 25, max: 80 },
  castsPerThousand: 1.5,
  bareErrorShare: 0.05,
  filesOfFolder: 25,
} as const

export function figuresOf(files: readonly SourceFile[]) {
  const lines = files.map(file => file.lines)
  const total = lines.reduce((sum, count) => sum + count, 0)
  const casts = files.flatMap(file => file.casts)
  const throws = files.reduce((sum, file) => sum + file.throws, 0)
  const bareErrors = files.flatMap(file => file.bareErrors)
  const perFolder = Map.groupBy(files, ({ path }) => dirname(path))
  return {
    lines: total,
    files: files.length,
    fileLines: spread(lines),
    functionLines: spread(files.flatMap(file => file.functions.map(({ lines }) => lines))),
    castsPerThousand: (casts.length * 1000) / total,
    holes: files.flatMap(file => file.holes),
    bareErrorShare: bareErrors.length / throws,
    fileCircles: findCircles(fileGraph(files)),
    folderCircles: findCircles(folderGraph(files)),
    largestFolder: Math.max(...Array.from(perFolder.values(), ({ length }) => length)),
  }
}

function spread(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0
  return { median: at(0.5), p90: at(0.9), max: at(1) }
}
