import { partsOf } from './links.ts'

/** A text as it was typed, its addresses of the web as links. */
export function LinkedText({ text }: { text: string }) {
  return partsOf(text).map(({ at, text: part, href }) =>
    href === undefined ? (
      part
    ) : (
      <a key={at} href={href} target="_blank" rel="noopener noreferrer nofollow">
        {part}
      </a>
    ),
  )
}
