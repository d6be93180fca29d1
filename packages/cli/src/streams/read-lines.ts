/** A line without its line feed, or how long it was when it was longer than allowed. */
export type Line =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly length: number }

const LINE_FEED = 0x0a

/**
 * Cuts a stream of bytes into lines, those of one chunk at once, in constant memory: what is longer than
 * `maxBytes` is counted and dropped. The last line needs no line feed; nothing after the last one is no line.
 */
export async function* readLines(
  input: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<readonly Line[], void, undefined> {
  let pieces: Uint8Array[] = []
  let length = 0

  function keep(piece: Uint8Array): void {
    length += piece.length
    if (length > maxBytes) pieces = []
    else if (piece.length > 0) pieces.push(piece)
  }

  function take(): Line {
    const line: Line = length > maxBytes ? { ok: false, length } : { ok: true, bytes: join(pieces) }
    pieces = []
    length = 0
    return line
  }

  for await (const chunk of input) {
    const lines: Line[] = []
    let from = 0
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      keep(chunk.subarray(from, at))
      lines.push(take())
      from = at + 1
    }
    // A stream may use its chunk's memory again; what waits for more is copied.
    if (from < chunk.length) keep(chunk.slice(from))
    if (lines.length > 0) yield lines
  }
  if (length > 0) yield [take()]
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
}
