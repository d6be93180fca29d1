import { writeFile } from 'node:fs/promises'
import type { VisitorRecord } from '@attune/storage'
import { CannotRun, type Command, type ExitCode, textOption } from '../command.ts'
import { write } from '../io.ts'
import { openRights, STORE_OPTIONS } from '../rights/open-places.ts'
import { readVisitor } from '../rights/read-visitor.ts'
import { AUDIT_OPTIONS, writeDown } from '../rights/write-down.ts'
import { describeFileTrouble } from '../streams/file-trouble.ts'
import { countOf } from '../terminal/format.ts'

const NOT_FOUND =
  'Nothing is kept of this visitor here. Look at the id, at --data, --redis and --site, and at ATTUNE_KEYS_AT_REST: they have to be those of `attune serve`.\n'

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
    const rights = openRights(call, io.env, () => {})
    try {
      const record = await writeDown(call, io, { action: 'profile.export', subject: visitor }, async () => {
        const value = await rights.store.exportVisitor(visitor)
        return { value, counts: countsOf(value) }
      })
      if (record === null) {
        await write(io.stderr, NOT_FOUND)
        return 1
      }
      const text = `${JSON.stringify({ version: 1, exported: io.now(), ...record }, null, 2)}\n`
      if (out === undefined) await write(io.stdout, text)
      else {
        await writeNew(out, text)
        const { events, rejected } = record
        const counts = `${countOf(events.length, 'event')} and ${countOf(rejected.length, 'refused event')}`
        await write(io.stderr, `Written to ${out}: ${counts}.\n`)
      }
      return 0
    } finally {
      await rights.store.close()
    }
  },
}

function countsOf(record: VisitorRecord | null): { readonly [name: string]: number } {
  if (record === null) return { profiles: 0, events: 0, rejected: 0 }
  const { profile, events, rejected } = record
  return { profiles: profile === null ? 0 : 1, events: events.length, rejected: rejected.length }
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
