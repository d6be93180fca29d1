import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createVisitorKeys } from '@attune/storage/pseudonyms'
import { CannotRun, type Command, type ExitCode, textOption } from '../command.ts'
import { write } from '../io.ts'
import { DATABASE } from '../options/open-database.ts'
import { DEFAULT_DATA } from '../options/open-store.ts'
import { readKeysAtRest } from '../options/read-keys-at-rest.ts'
import { AUDIT_OPTIONS, writeDown } from '../rights/write-down.ts'
import { formatCount } from '../terminal/format.ts'

/** `attune rekey`: moves visitors who are kept under their ids as they are to the newest key at rest. */
export const rekey: Command = {
  name: 'rekey',
  summary: 'Moves visitors kept under their ids as they are to the newest of ATTUNE_KEYS_AT_REST.',
  arguments: [],
  options: {
    data: {
      type: 'string',
      value: '<folder>',
      help: `The data folder. Default ATTUNE_DATA, else ${DEFAULT_DATA}.`,
    },
    ...AUDIT_OPTIONS,
  },
  notes: [
    'First let every host of the site run with ATTUNE_KEYS_AT_REST=<secret>,plain; then this, also while they run; when it says 0, leave out plain.',
    'May be asked again at any time, also after it was broken off. A database of SQLite only.',
    'Who is kept under an older secret is moved when they come back: nobody but their own cookie knows the id.',
    'Exit code 0 when no id is left, 1 when bytes of ids may still lie in the file, 2 when it could not run.',
  ],
  examples: ['ATTUNE_KEYS_AT_REST=…,plain attune rekey --audit /var/lib/attune/audit.log'],
  async run(call, io): Promise<ExitCode> {
    const secrets = readKeysAtRest(io.env)
    if (secrets === undefined) {
      throw new CannotRun('ATTUNE_KEYS_AT_REST is not set. Set it as every host of the site has it.')
    }
    const path = join(textOption(call, 'data') ?? (io.env.ATTUNE_DATA || DEFAULT_DATA), DATABASE)
    if (!existsSync(path))
      throw new CannotRun(`There is no database ${JSON.stringify(path)}. Name the data folder with --data.`)
    const { rekeySqlite } = await import('@attune/storage/sqlite-keys')
    const keys = createVisitorKeys(secrets)
    const onStep = (count: number): void => void io.stderr.write(`${formatCount(count)} moved\n`)
    const { moved, older, leftovers } = await writeDown(call, io, { action: 'key.change' }, async () => {
      const value = rekeySqlite({ path, keys, now: io.now(), onStep })
      return { value, counts: { moved: value.moved, older: value.older } }
    })
    const lines = [
      `${formatCount(moved)} moved to the secret named ${keys.names[0]}.`,
      ...(older === 0 ? [] : [`${formatCount(older)} stand under an older one until they come back.`]),
      ...(leftovers.length === 0
        ? []
        : [
            'Bytes of ids may be left in the file: run VACUUM on it in a quiet hour, or ask again in a minute.',
          ]),
    ]
    await write(io.stdout, `${lines.join('\n')}\n`)
    return leftovers.length === 0 ? 0 : 1
  },
}
