import { dirname, join } from 'node:path'
import { liveSecrets, MIN_SECRET } from '@attune/core'
import type { AuditAction, Audited } from '@attune/storage/audit'
import { type Call, CannotRun, isSet, type OptionSpec, textOption } from '../command.ts'
import { type Io, write } from '../io.ts'
import { type Auditor, createAuditor } from './create-auditor.ts'

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

// Beside the log unless another place is named.
const HEADS = 'audit.heads'

/**
 * Does what is asked only after it was written down, and answers only after its outcome was.
 * @throws CannotRun when it is not said where to write.
 */
export async function writeDown<Value>(
  call: Call,
  io: Io,
  { action, subject }: { readonly action: AuditAction; readonly subject?: string | undefined },
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
  const auditor = createAuditor({
    path,
    headPath: textOption(call, 'head') ?? join(dirname(path), HEADS),
    key,
    onRepair: (message) => void write(io.stderr, `${message}\n`),
  })
  return auditor.act({ action, actor: textOption(call, 'actor') ?? 'cli', subject }, act)
}

/** Does what is asked, and writes it down as well where a log is named: by `--audit` or ATTUNE_AUDIT_LOG. */
export async function writeDownWhereNamed<Value>(
  call: Call,
  io: Io,
  entry: { readonly action: AuditAction; readonly subject?: string | undefined },
  act: () => Promise<Audited<Value>>,
): Promise<Value> {
  const isNamed = (textOption(call, 'audit') ?? io.env.ATTUNE_AUDIT_LOG ?? '') !== ''
  return isNamed ? writeDown(call, io, entry, act) : (await act()).value
}

/**
 * What writes down what a server does, in the log of ATTUNE_AUDIT_LOG, signed with ATTUNE_AUDIT_KEY; heads go to ATTUNE_AUDIT_HEADS, else beside it.
 * `undefined` when no log is named.
 * @throws CannotRun when the key is missing or short.
 */
export function readAuditor(env: Io['env'], onRepair: (message: string) => void): Auditor | undefined {
  const { ATTUNE_AUDIT_LOG: path = '', ATTUNE_AUDIT_KEY: key = '', ATTUNE_AUDIT_HEADS: heads = '' } = env
  if (path === '') return undefined
  if (liveSecrets(key).some(({ length }) => length < MIN_SECRET)) {
    throw new CannotRun(`ATTUNE_AUDIT_LOG needs ATTUNE_AUDIT_KEY, of at least ${MIN_SECRET} characters.`)
  }
  return createAuditor({ path, headPath: heads === '' ? join(dirname(path), HEADS) : heads, key, onRepair })
}
