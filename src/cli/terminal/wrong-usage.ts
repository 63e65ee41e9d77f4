import { Problem } from '#kit'

/** What was asked for does not exist as it was spelled: one line, and exit code 2. */
export class WrongUsage extends Problem {}
