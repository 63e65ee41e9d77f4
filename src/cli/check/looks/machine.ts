import { error, good, type Look, warning } from './look.ts'

const gigabyte = 1024 ** 3
const leastFree = { error: gigabyte, warning: 10 * gigabyte }
// A caller that waits, a stream, a file that is read: a descriptor each. The limit of a login shell is mostly 1 024.
const fewestFiles = { error: 1_024, warning: 16_384 }

export const lookAtFiles: Look = ({ files }, { found }) => {
  if (files.state === 'folder')
    return files.code === undefined
      ? good(files.path)
      : error(found.filesRefused(files.path, files.code), found.filesFix)
  const { trouble, url } = files
  if (trouble === undefined) return good(found.bucketAnswers(url))
  if (trouble.kind === 'unreadable') return error(found.bucketUnreadable, found.bucketUnreadableFix)
  if (trouble.kind === 'noKeys') return error(found.noBucketKeys, found.noBucketKeysFix)
  return trouble.kind === 'refused'
    ? error(found.bucketRefused(url, trouble.why), found.bucketRefusedFix)
    : error(found.bucketAway(url, trouble.why), found.bucketFix)
}

export const lookAtDisk: Look = ({ machine: { freeBytes, allBytes } }, { found }) => {
  const [free, all] = [freeBytes, allBytes].map(bytes => Math.floor(bytes / gigabyte))
  const told = found.disk(free ?? 0, all ?? 0)
  if (freeBytes < leastFree.error) return error(told, found.diskFix)
  return freeBytes < leastFree.warning ? warning(told, found.diskFix) : good(told)
}

export const lookAtOpenFiles: Look = ({ machine: { openFiles } }, { found }) => {
  if (openFiles === undefined) return undefined
  if (openFiles <= fewestFiles.error) return error(found.openFiles(openFiles), found.openFilesFix)
  return openFiles < fewestFiles.warning
    ? warning(found.openFiles(openFiles), found.openFilesFix)
    : good(found.openFiles(openFiles))
}

export const lookAtAccount: Look = ({ machine: { isRoot } }, { found }) =>
  isRoot ? warning(found.root, found.rootFix) : good(found.account)
