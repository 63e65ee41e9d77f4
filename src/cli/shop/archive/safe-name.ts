/** Kinds that a double click shows and does not run. A page or a picture with scripts in it would run beside the others. */
const harmless = new Set([
  ...['jpg', 'jpeg', 'png', 'gif', 'webp', 'heic', 'heif', 'bmp', 'tif', 'tiff', 'avif'],
  ...['mp4', 'mov', 'avi', 'webm', 'mkv', '3gp', 'mp3', 'm4a', 'ogg', 'wav', 'aac'],
  ...['pdf', 'txt', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'odt', 'ods', 'rtf', 'zip'],
])
const pictures = new Set(['jpg', 'jpeg', 'png', 'gif', 'webp', 'bmp', 'avif'])

/** Where a file of a message lies in the export: named by ids, never by the buyer. Of the name only a known ending is kept. */
export function safePath(chatId: bigint, messageId: bigint, { index, name }: { index: number; name: string }): string {
  return `files/${chatId}/${messageId}-${index + 1}.${endingOf(name)}`
}

function endingOf(name: string): string {
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? ''
  return harmless.has(ending) ? ending : 'bin'
}

export function isPicture(path: string): boolean {
  return pictures.has(path.split('.').at(-1) ?? '')
}
