import { type ErasureReceipt, eraseVisitorData } from '@attune/collector'
import type { Leftover } from '@attune/storage'
import type { ErasedAgain } from '@attune/storage/erased'
import { type Call, CannotRun, type Command, type ExitCode, isSet } from '../command.ts'
import { type Io, write } from '../io.ts'
import { ERASED_OPTION } from '../options/erased-file.ts'
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

const NO_SECRET =
  'Without ATTUNE_SECRET the visitor’s last answer about consent, which machines share in this Redis, cannot be found. Set it to that of `attune serve`, and ask again.\n'

/** What was erased where; nothing in it is about the visitor. */
export interface Receipt extends ErasureReceipt {
  /** Names the store. */
  readonly store: string
}

/** `attune erase`: deletes all that is kept of a visitor, for ever. */
export const erase: Command = {
  name: 'erase',
  summary: 'Deletes all that is kept of a visitor, and keeps out whatever comes later.',
  arguments: [
    { name: 'visitor', help: 'The id in the visitor’s cookie; with --again nobody.', fallback: '' },
  ],
  options: {
    ...STORE_OPTIONS,
    erased: ERASED_OPTION,
    again: {
      type: 'boolean',
      help: 'Erases again whoever stands in the list of --erased and is known again, after a backup was restored.',
    },
    ...AUDIT_OPTIONS,
    json: { type: 'boolean', help: 'Prints the receipt as one JSON document.' },
  },
  notes: [
    'An id that begins with a dash stands last, after two dashes: -- -AbCd….',
    'May be asked again at any time, also after it was broken off. Events of the visitor that arrive later are refused.',
    'Exit code 0 when nothing is left, 1 when bytes or an answer may still lie somewhere (it is said where), 2 when it could not run.',
    'Exit code 3 when nothing was found under this id and it was not erased before: it may be kept elsewhere, or under other keys at rest.',
  ],
  examples: [
    'attune erase --again --erased /mnt/elsewhere/erased.list --audit /var/lib/attune/audit.log',
    'attune erase AbCdEfGhIjKlMnOpQrStUv --audit /var/lib/attune/audit.log',
  ],
  async run(call, io): Promise<ExitCode> {
    if (isSet(call, 'again')) return runAgain(call, io)
    if (call.arguments[0] === '') {
      throw new CannotRun('<visitor> is missing: the id in the visitor’s cookie. Or say --again.')
    }
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
      if (rights.lacksAnswers) await write(io.stderr, NO_SECRET)
      if (isUnknown) {
        await write(io.stderr, NOT_FOUND)
        return 3
      }
      return receipt.leftovers.length === 0 && !rights.lacksAnswers ? 0 : 1
    } finally {
      await rights.close()
    }
  },
}

async function runAgain(call: Call, io: Io): Promise<ExitCode> {
  if (call.arguments[0] !== '')
    throw new CannotRun('--again is for all who were erased. Leave <visitor> out.')
  const rights = await openRights(call, io.env, () => {})
  try {
    const { eraseAgain, where } = rights
    if (eraseAgain === undefined) {
      throw new CannotRun('--again needs the list: name it with --erased, or set ATTUNE_ERASED.')
    }
    const done = await writeDown(call, io, { action: 'profile.erase' }, async () => {
      const value = await eraseAgain()
      return { value, counts: { listed: value.listed, again: value.again } }
    })
    await printAgain({ store: where, ...done }, isSet(call, 'json'), io)
    return done.leftovers.length + done.damaged === 0 ? 0 : 1
  } finally {
    await rights.close()
  }
}

async function printAgain(
  done: ErasedAgain & { readonly store: string },
  isJson: boolean,
  io: Io,
): Promise<void> {
  if (isJson) return write(io.stdout, `${JSON.stringify(done)}\n`)
  const { store, listed, again, damaged, leftovers } = done
  const lines = [
    `Of ${listed} who stand in the list ${again} were known again in ${printable(store)}, and were erased.`,
    ...(damaged === 0 ? [] : [`Lines that hold no entry: ${damaged}. A crash leaves one at most.`]),
    ...leftovers.map((left) => `Bytes may be left: ${CURES[left]}`),
  ]
  await write(io.stdout, `${lines.join('\n')}\n`)
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
