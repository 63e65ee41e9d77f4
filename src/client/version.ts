/** The library's version, sent in X-Market-Integration. A test compares it with package.json. */
export const version = '0.1.0'
