const maxLength = 1000

/** That of ours which a reader likes most by `Accept-Language`; of equal ones that which is named first. The first of ours if none is. */
export function chooseLanguage<Language extends string>(
  accepted: string | undefined,
  ours: readonly [Language, ...Language[]],
): Language {
  let best: { language: Language; weight: number } = { language: ours[0], weight: 0 }
  for (const part of (accepted ?? '').slice(0, maxLength).toLowerCase().split(',')) {
    const [tag = '', ...parameters] = part.split(';').map(piece => piece.trim())
    const language = ours.find(each => tag === each || tag.startsWith(`${each}-`))
    const said = parameters.find(parameter => parameter.startsWith('q='))
    const weight = said === undefined ? 1 : Number(said.slice(2)) || 0
    if (language && weight > best.weight) best = { language, weight }
  }
  return best.language
}
