const latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
const russian = 'йцукенгшщзхъфывапролджэячсмитьбюё'
const others = new Map(
  [...latin].flatMap(
    (sign, at) =>
      [
        [sign, russian.charAt(at)],
        [russian.charAt(at), sign],
      ] as const,
  ),
)

/** What the same keys write in the other layout, QWERTY or ЙЦУКЕН. */
export function inOtherLayout(text: string): string {
  return Array.from(text, sign => others.get(sign) ?? sign).join('')
}
