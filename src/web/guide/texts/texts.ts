type Texts = { nothing: string; failed: string; copied: string; copy: string; search: string }

/** The words that scripts show, which the page brings along in its language. */
export const texts = JSON.parse(document.body.dataset['texts'] ?? '{}') as Texts // as the build writes it
