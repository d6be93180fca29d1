import type { Caller } from '@attune/collector/roles'
import type { AuditEntry } from '@attune/storage/audit'

/** Writes down who was not let in where: the path of the route, and who they are where their key is known. */
export type NoteRefusal = (path: string, caller?: Caller) => Promise<void>

/** Keeps refusals in the audit log, however many there are. */
export interface RefusalRecorder {
  /**
   * Resolves when it is on the disk. Of a route and a caller that is one record a minute: what comes meanwhile is counted, resolves when the one
   * before is on the disk, and stands in the next. Rejects when it cannot be written: whoever asked must then be told nothing.
   */
  readonly note: NoteRefusal
  /** Writes what was counted and is not written yet. */
  close(): Promise<void>
}

/** What a recorder is made of. */
export interface RefusalRecorderOptions {
  readonly record: (entry: AuditEntry) => Promise<void>
  /** Hears that what was counted could not be written yet. */
  readonly onError: (error: unknown) => void
}

/** One route and one caller. */
interface Line {
  readonly path: string
  readonly caller: Caller | undefined
  /** Refused since the last record. */
  count: number
  /** The record that whoever comes waits for; none when the last one is a minute old or failed. */
  written: Promise<void> | undefined
  timer: NodeJS.Timeout | undefined
}

// A flood then fills some 500 bytes a minute and route, and as many for each key that is used.
const EVERY = 60_000

/** Creates it. There are as many lines as routes that ask who calls, for each key and for everybody without one. */
export function createRefusalRecorder({ record, onError }: RefusalRecorderOptions): RefusalRecorder {
  const lines = new Map<string, Line>()
  let isClosed = false

  const write = (line: Line): Promise<void> => {
    const { path, caller, count } = line
    line.count = 0
    const written = record(entryOf(path, caller, count))
    line.written = written
    written.then(
      () => {
        if (!isClosed) line.timer = setTimeout(() => goOn(line), EVERY).unref()
      },
      () => {
        line.count += count
        line.written = undefined
      },
    )
    return written
  }
  const goOn = (line: Line): void => {
    line.written = undefined
    // Those were answered: with the next one they are tried again.
    if (line.count > 0) write(line).catch(onError)
  }

  return {
    note: async (path, caller) => {
      const key = `${path} ${caller?.name ?? ''}`
      const line = lines.get(key) ?? { path, caller, count: 0, written: undefined, timer: undefined }
      lines.set(key, line)
      line.count++
      await (line.written ?? write(line))
    },
    close: async () => {
      isClosed = true
      for (const line of lines.values()) {
        clearTimeout(line.timer)
        await line.written?.catch(() => {})
        if (line.count > 0) await write(line).catch(onError)
      }
    },
  }
}

// No id and no address: who asked is a key's name, what for a count’s.
function entryOf(path: string, caller: Caller | undefined, count: number): AuditEntry {
  const who = caller === undefined ? { actor: 'nobody' } : { actor: caller.name, role: caller.role }
  const route = path.slice(1).replaceAll('/', '.')
  return { action: 'access.refuse', outcome: 'refused', ...who, counts: { [route]: count } }
}
