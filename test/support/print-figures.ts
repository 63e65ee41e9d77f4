/** Prints how the sources measure: `npm run figures`; with `-- --where`, also which places are the largest of their kind. */
import { dirname } from 'node:path'
import { bounds, figuresOf, readHouse } from './house.ts'

const files = readHouse()
const { fileLines, functionLines, ...figures } = figuresOf(files)
const formatSpread = ({ median, p90, max }: typeof fileLines) => `${median} / ${p90} / ${max}`
const formatShare = (share: number) => `${(share * 100).toFixed(1)} %`
const rows: [what: string, is: string | number, bound: string | number][] = [
  ['lines of source', `${figures.lines} in ${figures.files} files`, ''],
  ['file lines, median / P90 / max', formatSpread(fileLines), formatSpread(bounds.fileLines)],
  ['function lines, median / P90 / max', formatSpread(functionLines), formatSpread(bounds.functionLines)],
  ['casts per 1 000 lines', figures.castsPerThousand.toFixed(2), bounds.castsPerThousand],
  ['any and !', figures.holes.length, 0],
  ['bare errors of all throws', formatShare(figures.bareErrorShare), formatShare(bounds.bareErrorShare)],
  ['circles of files', figures.fileCircles.length, 0],
  ['circles of folders', figures.folderCircles.length, 0],
  ['files in the largest folder', figures.largestFolder, bounds.filesOfFolder],
]
for (const [what, is, bound] of rows) console.log(`${what.padEnd(36)} ${`${is}`.padEnd(22)} ${bound}`)

if (process.argv.includes('--where')) {
  const long = files.flatMap(file => file.functions).toSorted((a, b) => b.lines - a.lines)
  const sizes = Array.from(
    Map.groupBy(files, ({ path }) => dirname(path)),
    ([folder, { length }]) => `${length} ${folder}`,
  )
  const list = (title: string, lines: readonly string[]) => console.log(['', title, ...lines].join('\n  '))
  list('circles of files', figures.fileCircles.map(String))
  list('circles of folders', figures.folderCircles.map(String))
  list(
    'folders over 20',
    sizes.filter(size => Number.parseInt(size, 10) > 20),
  )
  list(
    'files over 130 lines',
    files.filter(({ lines }) => lines > 130).map(({ path, lines }) => `${lines} ${path}`),
  )
  list(
    'functions over 45 lines',
    long.filter(({ lines }) => lines > 45).map(({ at, lines }) => `${lines} ${at}`),
  )
  list(
    'casts',
    files.flatMap(file => file.casts),
  )
  list('any and !', figures.holes)
  list(
    'bare errors',
    files.flatMap(file => file.bareErrors),
  )
}
