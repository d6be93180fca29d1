import { liveSecrets } from '@attune/core'
import { type FileReport, verifyAuditFile } from '@attune/storage/audit'
import { type Call, CannotRun, type Command, type ExitCode, isSet, textOption } from '../command.ts'
import { write } from '../io.ts'
import { describeFileTrouble } from '../streams/file-trouble.ts'
import { countOf } from '../terminal/format.ts'
import { printable, type Style, styleFor } from '../terminal/style.ts'

/** `attune audit verify`: tells whether an audit log is as it was written. */
export const audit: Command = {
  name: 'audit',
  summary: 'Verifies an audit log: whether any record was altered, removed, added, moved or cut off.',
  arguments: [
    { name: 'action', help: 'verify.' },
    { name: 'file', help: 'The log.' },
  ],
  options: {
    head: {
      type: 'string',
      value: '<file>',
      help: 'Where heads were kept: the second file, or the output of the process, other lines and all.',
    },
    json: { type: 'boolean', help: 'Prints the report as one JSON document.' },
  },
  notes: [
    'Without --head a log that was cut at its end, or written anew from some record on, looks whole.',
    'No secret is needed. With ATTUNE_AUDIT_KEY set, records that somebody without the key wrote are told too.',
    'Exit code 0 for a whole log, 1 when something is wrong with it, 2 for a file that cannot be read.',
  ],
  examples: ['attune audit verify audit.log --head /mnt/elsewhere/audit.heads'],
  async run(call, io): Promise<ExitCode> {
    const [action, file] = call.arguments as readonly [string, string]
    if (action !== 'verify') {
      throw new CannotRun(`There is no action ${JSON.stringify(action)} of audit. Use verify.`)
    }
    const key = io.env.ATTUNE_AUDIT_KEY || undefined
    const report = await verify(call, file, key)
    const text = isSet(call, 'json')
      ? `${JSON.stringify(report, null, 2)}\n`
      : render(file, report, key !== undefined, styleFor(io.stdout, io.env))
    await write(io.stdout, text)
    return report.problems.length > 0 ? 1 : 0
  },
}

async function verify(call: Call, path: string, key: string | undefined): Promise<FileReport> {
  const headPath = textOption(call, 'head')
  try {
    return await verifyAuditFile({ path, headPath, key: key && liveSecrets(key) })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    const where = 'path' in error && error.path === headPath ? headPath : path
    throw new CannotRun(describeFileTrouble(where ?? path, error))
  }
}

function render(
  file: string,
  { records, head, heads, problems }: FileReport,
  hasKey: boolean,
  style: Style,
): string {
  const lines = problems.map(({ line, code, message }) => {
    const place = line === 0 ? 'log' : `line ${line}`
    return `${style.red(place.padEnd(12))}${printable(message)}  ${style.faint(code)}\n`
  })
  const compared = heads === 0 ? 'no head' : countOf(heads, 'head')
  const signed = hasKey ? ', signatures looked at' : ''
  const read = `${countOf(records, 'record')}, ${compared} to compare with${signed}`
  if (problems.length > 0) {
    const cure = 'Keep both files as they are: they are evidence. Go on in a new log.'
    return `${lines.join('')}\n${style.red(printable(file))}: ${countOf(problems.length, 'problem')} in ${read}. ${cure}\n`
  }
  const end = head.seq === 0 ? 'It is empty.' : `It ends at record ${head.seq}, ${head.hash}.`
  const open =
    heads === 0 ? ` ${style.yellow('Whether its end was cut off, only a head can tell: give --head.')}` : ''
  return `${style.green(printable(file))}: whole. ${read}. ${end}${open}\n`
}
