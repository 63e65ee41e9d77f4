import type { Schema } from '#database'

export const deskSchema: Schema = { schema: 'desk', folder: new URL('./', import.meta.url), generation: 1 }
