import { dirname, join } from 'node:path'
import { liveSecrets } from '@attune/core'
import { type AuditAction, type Audited, audited, openAuditFile } from '@attune/storage/audit'
import { type Call, CannotRun, isSet, type OptionSpec, textOption } from '../command.ts'
import { type Io, write } from '../io.ts'

/** Where a command writes down what it does. */
export const AUDIT_OPTIONS: { readonly [name: string]: OptionSpec } = {
  audit: {
    type: 'string',
    value: '<file>',
    help: 'The audit log. Default ATTUNE_AUDIT_LOG. Signed with ATTUNE_AUDIT_KEY.',
  },
  head: {
    type: 'string',
    value: '<file>',
    help: 'Where the heads of the log go, best on another volume. Default audit.heads beside it.',
  },
  actor: { type: 'string', value: '<name>', help: 'Who asks, a task and not a person; default cli.' },
  'without-audit': { type: 'boolean', help: 'Writes nothing down. Somebody else must.' },
}

// Milliseconds: another command that writes down what it did is done by then.
const PATIENCE = 10_000

/**
 * Does what is asked only after it was written down, and answers only after its outcome was.
 * @throws CannotRun when it is not said where to write.
 */
export async function writeDown<Value>(
  call: Call,
  io: Io,
  { action, subject }: { readonly action: AuditAction; readonly subject: string },
  act: () => Promise<Audited<Value>>,
): Promise<Value> {
  if (isSet(call, 'without-audit')) return (await act()).value
  const path = textOption(call, 'audit') ?? io.env.ATTUNE_AUDIT_LOG
  const key = io.env.ATTUNE_AUDIT_KEY
  if (path === undefined || path === '' || key === undefined || key === '') {
    throw new CannotRun(
      'Who asked is written down first. Name the log with --audit and set ATTUNE_AUDIT_KEY, or say --without-audit.',
    )
  }
  const log = await openAuditFile({
    path,
    headPath: textOption(call, 'head') ?? join(dirname(path), 'audit.heads'),
    key: liveSecrets(key),
    wait: PATIENCE,
    onRepair: (message) => void write(io.stderr, `${message}\n`),
  })
  try {
    return await audited(log, { action, actor: textOption(call, 'actor') ?? 'cli', subject }, act)
  } finally {
    await log.close()
  }
}
