import { type AppendFile, openAppendFile } from './append-file.ts'
import { createAuditKeys } from './audit-keys.ts'
import { type AuditLog, createAuditLog } from './audit-log.ts'
import { type AuditHead, NO_RECORD } from './audit-record.ts'
import { checkLine } from './check-line.ts'
import { createFileSink, type FileEnd, readEnd } from './file-sink.ts'
import { lockFile } from './lock-file.ts'
import { headLine, readHeads } from './read-heads.ts'
import { hashOf } from './seal-entry.ts'

/** How a log in a file is kept. */
export interface AuditFileOptions {
  /** The file; made, readable by its owner alone, when it is not there. */
  readonly path: string
  /**
   * A second file, on another volume, to which each head is added: it shows when the log was cut. Without it heads go to `publish`
   * alone.
   */
  readonly headPath?: string
  /** Signs the records: at least 32 characters; of several the newest stands first. */
  readonly key: string | readonly string[]
  /** Hears of each head, for example to print it. */
  readonly publish?: (head: AuditHead) => void | Promise<void>
  /** Hears what a crash left and what was done about it. The log says it too. */
  readonly onRepair: (message: string) => void
  /** Milliseconds since 1970; default `Date.now`. */
  readonly clock?: () => number
  /** Milliseconds to wait while another process has the log open; default 0. */
  readonly wait?: number
  /** How files are opened; default those of the system, which one process at a time may have open (`<path>.lock`). */
  readonly open?: (path: string) => Promise<AppendFile>
}

/** The log is not as it was left: nothing may be added to it before somebody looked. */
export class AuditDamagedError extends Error {
  override readonly name = 'AuditDamagedError'
}

/**
 * Opens the audit log of a file, to go on where it ends. A last line that a crash left without its end was never acknowledged: it is
 * taken away, `onRepair` hears of it and the log holds a record of it. Rejects with `AuditDamagedError` when the last record is not as
 * it was written, the published head is not in the log, or what stands at the end of a file is no beginning of one of its lines: it may be
 * another file. Rejects with `AuditLockedError` when another has it open.
 */
export async function openAuditFile(options: AuditFileOptions): Promise<AuditLog> {
  const { path, headPath, publish, onRepair, open = openAppendFile } = options
  const keys = createAuditKeys(options.key)
  const unlock =
    options.open === undefined ? await lockFile(path, { wait: options.wait ?? 0 }) : async () => {}
  const opened: AppendFile[] = []
  const close = async (): Promise<void> => {
    try {
      for (const one of opened) await one.close()
    } finally {
      await unlock()
    }
  }
  try {
    const file = await open(path)
    opened.push(file)
    const heads = headPath === undefined ? undefined : await open(headPath)
    if (heads !== undefined) opened.push(heads)
    const end = await readEnd(file)
    checkTorn(end, RECORD_START, path)
    const head = end.lastLine === undefined ? NO_RECORD : headOf(end.lastLine, path)
    const published = heads === undefined ? undefined : await openHeads(heads, head, options)
    if (end.torn !== '') await file.truncate(end.size)
    const log = createAuditLog({
      sink: { ...createFileSink(file, end.size), close },
      keys,
      after: head,
      publish: async (next) => {
        await published?.(next)
        await publish?.(next)
      },
      ...(options.clock === undefined ? {} : { clock: options.clock }),
    })
    if (end.torn !== '') await tellRepair(log, end.torn, path, onRepair)
    return log
  } catch (error) {
    await close()
    throw error
  }

  function headOf(line: string, where: string): AuditHead {
    // What comes before is for `attune audit verify`: it takes long, and this is about going on.
    const before = { seq: seqOf(line) - 1, hash: '' }
    const { head, problems } = checkLine(line, 0, before, keys)
    const [first] = problems
    if (first === undefined) return head
    throw new AuditDamagedError(
      `[storage] audit: ${where} cannot be gone on with. ${first.message} Run \`attune audit verify\`, keep the file as evidence, and name a new one.`,
    )
  }
}

// How the lines of the two files begin.
const RECORD_START = '{"version":1,"seq":'
const HEAD_START = '{"seq":'

// Of a line that was never acknowledged nothing else can be there: what a disk never wrote is noughts.
function checkTorn({ torn }: FileEnd, start: string, path: string): void {
  const text = torn.replace(/\0+$/, '')
  if (text.startsWith(start) ? /^\d*(,|$)/.test(text.slice(start.length)) : start.startsWith(text)) return
  throw new AuditDamagedError(
    `[storage] audit: ${path} ends in ${torn.length} bytes that are no beginning of one of its lines: it may be another file, and was left as it is. Name the file of the log.`,
  )
}

function seqOf(line: string): number {
  return Number(/^\{"version":1,"seq":(\d{1,15}),/.exec(line)?.[1] ?? 1)
}

async function openHeads(
  file: AppendFile,
  head: AuditHead,
  { path, headPath = '', onRepair }: Pick<AuditFileOptions, 'path' | 'headPath' | 'onRepair'>,
): Promise<(head: AuditHead) => Promise<void>> {
  const end = await readEnd(file)
  checkTorn(end, HEAD_START, headPath)
  if (end.torn !== '') {
    await file.truncate(end.size)
    onRepair(`[storage] audit: the last line of the heads of ${path} was torn and was taken away.`)
  }
  const last = end.lastLine === undefined ? NO_RECORD : (readHeads(end.lastLine)[0] ?? NO_RECORD)
  if (last.seq > head.seq || (last.seq === head.seq && last.hash !== head.hash)) {
    throw new AuditDamagedError(
      `[storage] audit: ${path} ends at record ${head.seq}, and the head of record ${last.seq} was published: it was cut or written anew. Run \`attune audit verify\`, keep the file as evidence, and name a new one.`,
    )
  }
  const sink = createFileSink(file, end.size)
  // A crash came between the record and its head.
  if (head.seq > last.seq) await sink.append(headLine(head))
  return (next) => sink.append(headLine(next))
}

async function tellRepair(
  log: AuditLog,
  torn: string,
  path: string,
  onRepair: (message: string) => void,
): Promise<void> {
  onRepair(
    `[storage] audit: ${path} ended in ${torn.length} bytes of a record that was never acknowledged (SHA-256 ${hashOf(torn).slice(0, 16)}…). They were taken away, and the log says so.`,
  )
  await log.record({
    action: 'audit.repair',
    outcome: 'done',
    actor: 'system',
    counts: { bytes: torn.length },
  })
}
