import { dirname } from 'node:path'

type Whereabouts = {
  accountName: string
  dataDir: string
  folder: string
  packaged: string
  programs: string
}

/** One line when files are not where they were asked to be, undefined when all are. */
export function describeWhereabouts({
  accountName,
  dataDir,
  folder,
  packaged,
  programs,
}: Whereabouts): string | undefined {
  const runsAs = `PostgreSQL runs as ${accountName}, who cannot`
  const copied = programs !== packaged
  if (folder !== dataDir)
    return `${runsAs} enter ${dataDir}: its files are in ${folder}${copied ? `, its programs in ${programs}` : ''}`
  if (copied) return `${runsAs} run the programs in ${dirname(packaged)}: a copy is in ${programs}`
  return undefined
}
