/** One message of a `text/event-stream`. */
export interface StreamMessage {
  readonly event: string
  readonly data: string
}

// Nothing of ours is longer; of another server's answer no more is held.
const MOST_CHARACTERS = 4_000_000

/**
 * Reads the messages of a stream as they come, those of one chunk together: as much of the format as our own streams use (HTML Standard, section
 * 9.2.6), in browsers and in Node. A message that is cut off at the end is none. Throws when one has no end.
 */
export function readEventStream(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<readonly StreamMessage[], void, undefined> {
  // At once: Node cancels a stream that nobody reads when the answer around it is collected as garbage.
  return readMessages(body.getReader())
}

async function* readMessages(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncGenerator<readonly StreamMessage[], void, undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      if (rest.length > MOST_CHARACTERS) throw new Error('The stream sends a message without an end.')
      yield blocks.flatMap(readBlock)
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

function readBlock(block: string): readonly StreamMessage[] {
  let event = 'message'
  const data: string[] = []
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) event = line.slice(7)
    else if (line.startsWith('data: ')) data.push(line.slice(6))
  }
  // What holds no data only says that the sender is still there.
  return data.length === 0 ? [] : [{ event, data: data.join('\n') }]
}
