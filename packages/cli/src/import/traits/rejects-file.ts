import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { CannotRun } from '../../command.ts'
import { describeFileTrouble } from '../../streams/file-trouble.ts'
import { REJECT_COLUMNS } from './match-columns.ts'

/** Where rows go that were not taken: a CSV like the one they are from, with the line and the problem besides, to be mended and imported again. */
export interface RejectsFile {
  /** Writes a row; waits while the disk is slower. */
  add(line: number, problem: string, cells: readonly string[]): Promise<void>
  /** Finishes it. Resolves to whether there is a file. */
  close(): Promise<boolean>
}

/** Creates it when the first row comes. Only its owner may read it: it holds what the rows held. */
export function createRejectsFile(path: string, header: readonly string[], delimiter: string): RejectsFile {
  let file: WriteStream | undefined
  let broken: unknown
  const open = (): WriteStream => {
    const created = createWriteStream(path, { mode: 0o600 })
    created.on('error', (error) => {
      broken = error
    })
    created.write(toLine([...header, ...REJECT_COLUMNS], delimiter))
    return created
  }
  const check = (): void => {
    if (broken !== undefined) throw new CannotRun(describeFileTrouble(path, broken))
  }
  return {
    add: async (line, problem, cells) => {
      file ??= open()
      check()
      const padded = header.map((_, at) => cells[at] ?? '')
      const isRoom = file.write(toLine([...padded, String(line), problem], delimiter))
      if (!isRoom)
        await new Promise<void>((resolve) => file?.once('drain', resolve).once('error', () => resolve()))
      check()
    },
    close: async () => {
      if (file === undefined) return false
      file.end()
      await finished(file).catch(() => {})
      check()
      return true
    },
  }
}

function toLine(cells: readonly string[], delimiter: string): string {
  const quoted = cells.map((cell) =>
    cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell,
  )
  return `${quoted.join(delimiter)}\n`
}
