import { createReadStream } from 'node:fs'

/** The lines of a file, each with its end; what stands after the last end is `torn`. */
export interface FileLines {
  readonly lines: AsyncIterable<string>
  /** Known once all lines were read. */
  readonly torn: () => string
}

// A record has less than 2 KB.
const LONGEST_LINE = 64 * 1024

/** Reads a file line by line, byte for byte: every byte is one character. Rejects when there is no such file. */
export function readFileLines(path: string): FileLines {
  let pending = ''
  async function* read(): AsyncGenerator<string> {
    for await (const chunk of createReadStream(path, 'latin1')) {
      pending += String(chunk)
      const whole = pending.split('\n')
      pending = whole.pop() ?? ''
      yield* whole
      // No record is so long: it is given out in pieces, none of which is one.
      if (pending.length > LONGEST_LINE) {
        yield pending
        pending = ''
      }
    }
  }
  return { lines: read(), torn: () => pending }
}
