import { type ErasureReceipt, eraseVisitorData } from '@attune/collector'
import type { Leftover } from '@attune/storage'
import { type Command, type ExitCode, isSet } from '../command.ts'
import { type Io, write } from '../io.ts'
import { openRights, STORE_OPTIONS } from '../rights/open-places.ts'
import { readVisitor } from '../rights/read-visitor.ts'
import { AUDIT_OPTIONS, writeDown } from '../rights/write-down.ts'
import { printable } from '../terminal/style.ts'

const CURES: { readonly [left in Leftover]: string } = {
  pages:
    'the file was too large or too busy to be written anew. Run VACUUM on it in a quiet hour, or ask again in a minute.',
  log: 'the store’s own log could not be written anew. Ask again in a minute; of Redis, allow this user BGREWRITEAOF.',
  snapshot:
    'the snapshot could not be written anew. Ask again in a minute; of Redis, allow this user CONFIG GET and BGSAVE.',
  queue: 'a queue or stream lets go of them with what waits around them.',
  backups: 'copies that the service keeps by itself go when it lets go of them.',
}

const NOT_FOUND =
  'Nothing was found under this id; whatever comes under it from now on is refused. Look at the id, at --data, --redis and --site, and at ATTUNE_KEYS_AT_REST: they have to be those of `attune serve`.\n'

/** What was erased where; nothing in it is about the visitor. */
export interface Receipt extends ErasureReceipt {
  /** Names the store. */
  readonly store: string
}

/** `attune erase`: deletes all that is kept of a visitor, for ever. */
export const erase: Command = {
  name: 'erase',
  summary: 'Deletes all that is kept of a visitor, and keeps out whatever comes later.',
  arguments: [{ name: 'visitor', help: 'The id in the visitor’s cookie.' }],
  options: {
    ...STORE_OPTIONS,
    ...AUDIT_OPTIONS,
    json: { type: 'boolean', help: 'Prints the receipt as one JSON document.' },
  },
  notes: [
    'An id that begins with a dash stands last, after two dashes: -- -AbCd….',
    'May be asked again at any time, also after it was broken off. Events of the visitor that arrive later are refused.',
    'Exit code 0 when nothing is left, 1 when bytes may still lie somewhere (the receipt says where), 2 when it could not run.',
    'Exit code 3 when nothing was found under this id and it was not erased before: it may be kept elsewhere, or under other keys at rest.',
  ],
  examples: ['attune erase AbCdEfGhIjKlMnOpQrStUv --audit /var/lib/attune/audit.log'],
  async run(call, io): Promise<ExitCode> {
    const visitor = readVisitor(call)
    const rights = await openRights(call, io.env, () => {})
    let isUnknown = false
    try {
      const receipt = await writeDown<Receipt>(
        call,
        io,
        { action: 'profile.erase', subject: visitor },
        async () => {
          const now = io.now()
          const erased = await eraseVisitorData(rights, visitor, now)
          isUnknown = isNobody(erased, now)
          const { profiles, events, rejected, queued } = erased
          return { value: { store: rights.where, ...erased }, counts: { profiles, events, rejected, queued } }
        },
      )
      await print(receipt, isSet(call, 'json'), io)
      if (isUnknown) {
        await write(io.stderr, NOT_FOUND)
        return 3
      }
      return receipt.leftovers.length === 0 ? 0 : 1
    } finally {
      await rights.close()
    }
  },
}

// Whoever was erased earlier has the time of then.
function isNobody({ at, profiles, events, rejected, queued }: ErasureReceipt, now: number): boolean {
  return at === now && profiles + events + rejected + queued === 0
}

async function print(receipt: Receipt, isJson: boolean, io: Io): Promise<void> {
  if (isJson) return write(io.stdout, `${JSON.stringify(receipt)}\n`)
  const { store, at, profiles, events, rejected, queued, proofs, leftovers } = receipt
  const lines = [
    `Erased from ${printable(store)} as of ${new Date(at).toISOString()}.`,
    `  profiles         ${profiles}`,
    `  events           ${events}`,
    `  refused events   ${rejected}`,
    `  waiting events   ${queued}`,
    ...(proofs === 0
      ? []
      : [`  proofs of consent that stay, under a name that leads back to nobody: ${proofs}`]),
    ...leftovers.map((left) => `Bytes may be left: ${CURES[left]}`),
  ]
  await write(io.stdout, `${lines.join('\n')}\n`)
}
