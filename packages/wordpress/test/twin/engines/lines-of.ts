import type { Readable } from 'node:stream'

/** The lines of a stream. Unlike node:readline it breaks at `\n` alone: U+2028 may stand in JSON. */
export async function* linesOf(stream: Readable): AsyncGenerator<string, undefined> {
  let rest = ''
  for await (const chunk of stream.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()!
    yield* lines
  }
  return undefined
}
