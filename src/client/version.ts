/** The library's version, as X-Market-Integration tells it. A test compares it with package.json. */
export const version = '0.1.0'
