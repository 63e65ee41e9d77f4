/** What a page may show in place; any other file is a download. */
const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

export const isPicture = (mediaType: string | null) => mediaType !== null && pictures.includes(mediaType)
