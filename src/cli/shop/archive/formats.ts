/** What an export can be written as. */
export const formats = ['jsonl', 'csv', 'html'] as const
export type Format = (typeof formats)[number]
