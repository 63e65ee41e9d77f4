import { Problem } from '#kit'

/** What was asked for does not exist under that name: one line, and exit code 2. */
export class WrongUsage extends Problem {}
