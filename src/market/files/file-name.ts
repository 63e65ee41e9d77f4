import { fileNameMaxLength } from '#contract'

const nameless = 'file'

/** A name that is safe to show: no folders, no control or direction characters, not too long. It is never used as a path. */
export function cleanFileName(name: string | undefined): string {
  const last = (name ?? '').toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const cleaned = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim()
  if (cleaned === '' || /^\.+$/.test(cleaned)) return nameless
  if (cleaned.length <= fileNameMaxLength) return cleaned
  const ending = /\.[^.]{1,16}$/.exec(cleaned)?.[0] ?? ''
  return (cleaned.slice(0, fileNameMaxLength - ending.length) + ending).toWellFormed()
}

/** The header that says how to keep a file: RFC 6266, with an ASCII name for old programs. */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^ !#-[\]-~]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
