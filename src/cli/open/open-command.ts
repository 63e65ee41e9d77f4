import { Argument, type Command } from 'commander'
import { connect } from '../connection/connected-command.ts'
import { examples, makeCommand } from '../terminal/command.ts'
import type { Texts } from '../texts/index.ts'
import { type Place, places } from './places.ts'

/** `prilavok open`: a page of the market in the browser. Its help is printed without loading the rest. */
export function openCommand(texts: Texts): Command {
  const { help } = texts
  return connect(makeCommand('open', help.openPage, texts), [], texts)
    .addArgument(new Argument('<page>', help.openPage.page).choices(places))
    .option('--print', help.openPage.print)
    .addHelpText('after', examples(texts, 'prilavok open console', 'prilavok open docs --print'))
    .addHelpText('after', help.connection.after)
    .action(async (place: Place, flags) => (await import('./open-page.ts')).openPage(place, flags, texts))
}
