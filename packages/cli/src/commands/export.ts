import { writeFile } from 'node:fs/promises'
import { exportVisitorData, type VisitorDocument } from '@attune/collector'
import { CannotRun, type Command, type ExitCode, textOption } from '../command.ts'
import { write } from '../io.ts'
import { openRights, STORE_OPTIONS } from '../rights/open-places.ts'
import { readVisitor } from '../rights/read-visitor.ts'
import { AUDIT_OPTIONS, writeDown } from '../rights/write-down.ts'
import { describeFileTrouble } from '../streams/file-trouble.ts'
import { countOf } from '../terminal/format.ts'

const NOT_FOUND =
  'Nothing is kept of this visitor here. Look at the id, at --data, --redis and --site, and at ATTUNE_KEYS_AT_REST: they have to be those of `attune serve`.\n'

const NO_PROOFS =
  'What the visitor answered about consent is not in it: set ATTUNE_SECRET as `attune serve` has it.\n'

/** `attune export`: gives out all that is kept of a visitor. */
export const exportCommand: Command = {
  name: 'export',
  summary: 'Gives out all that is kept of a visitor, as JSON.',
  arguments: [{ name: 'visitor', help: 'The id in the visitor’s cookie.' }],
  options: {
    ...STORE_OPTIONS,
    ...AUDIT_OPTIONS,
    out: {
      type: 'string',
      value: '<file>',
      help: 'Where it goes; a new file, for its owner alone. Default: printed.',
    },
  },
  notes: [
    'An id that begins with a dash stands last, after two dashes: -- -AbCd….',
    'Events that still wait for a worker are not in it: ask again a moment later.',
    'Exit code 0 with an export, 1 when nothing is kept of this visitor, 2 when it could not run.',
  ],
  examples: ['attune export AbCdEfGhIjKlMnOpQrStUv --out visitor.json --audit /var/lib/attune/audit.log'],
  async run(call, io): Promise<ExitCode> {
    const visitor = readVisitor(call)
    const out = textOption(call, 'out')
    const rights = await openRights(call, io.env, () => {})
    try {
      const record = await writeDown(call, io, { action: 'profile.export', subject: visitor }, async () => {
        const value = await exportVisitorData(rights, visitor, io.now())
        return { value, counts: countsOf(value) }
      })
      if (record === null) {
        await write(io.stderr, NOT_FOUND)
        return 1
      }
      if (!rights.hasProofs) await write(io.stderr, NO_PROOFS)
      const text = `${JSON.stringify(record, null, 2)}\n`
      if (out === undefined) await write(io.stdout, text)
      else {
        await writeNew(out, text)
        const { events, rejected, consent } = record
        const counts = [
          countOf(events.length, 'event'),
          countOf(rejected.length, 'refused event'),
          countOf(consent.length, 'proof'),
        ]
        await write(io.stderr, `Written to ${out}: ${counts.join(', ')} of consent.\n`)
      }
      return 0
    } finally {
      await rights.close()
    }
  },
}

function countsOf(record: VisitorDocument | null): { readonly [name: string]: number } {
  if (record === null) return { profiles: 0, events: 0, rejected: 0, proofs: 0 }
  const { profile, events, rejected, consent } = record
  return {
    profiles: profile === null ? 0 : 1,
    events: events.length,
    rejected: rejected.length,
    proofs: consent.length,
  }
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'EEXIST')
      throw new CannotRun(`${JSON.stringify(file)} is there already. Name a new file.`)
    throw new CannotRun(describeFileTrouble(file, error))
  }
}
