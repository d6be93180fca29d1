import type { AppendFile } from './append-file.ts'
import type { AuditSink } from './audit-log.ts'

/** What a file ends with. */
export interface FileEnd {
  /** The last line that has an end; `undefined` when there is none. */
  readonly lastLine: string | undefined
  /** Bytes up to the end of that line. */
  readonly size: number
  /** What a crash left after it. */
  readonly torn: string
}

// The last record and what a crash left of the next.
const MOST_END = 128 * 1024

/** Looks at the end of a file of lines. */
export async function readEnd(file: AppendFile): Promise<FileEnd> {
  const size = await file.size()
  const text = await file.readBefore(size, MOST_END)
  const end = text.lastIndexOf('\n') + 1
  const torn = text.slice(end)
  if (end === 0) return { lastLine: undefined, size: size - torn.length, torn }
  const lastLine = text.slice(text.lastIndexOf('\n', end - 2) + 1, end - 1)
  return { lastLine, size: size - torn.length, torn }
}

/**
 * Writes lines to the end of a file, each durable before the next. What could only be written in part is taken back; where that fails,
 * and after an error of synchronising, whose bytes nobody can be sure of, it takes no more until the file is opened anew.
 */
export function createFileSink(file: AppendFile, start: number): AuditSink {
  let size = start
  let broken: string | undefined

  return {
    append: async (line) => {
      if (broken !== undefined) throw new Error(broken)
      const now = await file.size()
      if (now !== size) {
        broken = `The file has ${now} bytes and not ${size}: somebody else writes to it. One process writes to a log.`
        throw new Error(broken)
      }
      const text = `${line}\n`
      try {
        await file.append(text)
      } catch (error) {
        await file.truncate(size).catch((failure: unknown) => {
          broken = `The last line is torn and could not be taken back (${String(failure)}). Open the log anew.`
        })
        throw error
      }
      await file.sync().catch((error: unknown) => {
        broken = `The disk did not confirm the last line (${String(error)}). Open the log anew.`
        throw new Error(broken, { cause: error })
      })
      size += text.length
    },
    close: () => file.close(),
  }
}
