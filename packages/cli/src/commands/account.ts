import { createAccounts } from '@attune/collector'
import { CannotRun, type Command, type ExitCode, isSet, textOption } from '../command.ts'
import { write } from '../io.ts'
import { requireSecret } from '../options/read-secret.ts'
import { SITE_OPTION } from '../options/site-option.ts'

/** `attune account`: the visitor id of one of a site's own users, for commands that want a visitor. */
export const account: Command = {
  name: 'account',
  summary: 'Prints the visitor id of an account: of whoever signs in as one of your users.',
  arguments: [{ name: 'user', help: 'Your own id of the user, as the site gives it to signIn.' }],
  options: {
    all: { type: 'boolean', help: 'Prints the id of each live secret, the newest first, one a line.' },
    site: SITE_OPTION,
  },
  notes: [
    'ATTUNE_SECRET makes the id: the same text that the site runs with. Of several secrets there is an id each; the newest’s is written.',
    'Nothing is asked of a store: an id is printed whether or not anybody ever signed in.',
  ],
  examples: ['attune export --without-audit -- "$(attune account 4711)"'],
  async run(call, io): Promise<ExitCode> {
    const accounts = createAccounts(
      requireSecret(io.env, 'make the ids of accounts'),
      textOption(call, 'site'),
    )
    const ids = idsOf(() => accounts.of(call.arguments[0] ?? ''))
    await write(io.stdout, `${ids.slice(0, isSet(call, 'all') ? ids.length : 1).join('\n')}\n`)
    return 0
  },
}

// The user's id is not repeated: it is somebody's.
function idsOf(make: () => readonly string[]): readonly string[] {
  try {
    return make()
  } catch {
    throw new CannotRun('That is no user’s id. Give text of 1 to 256 characters.')
  }
}
