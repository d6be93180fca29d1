import { expect, test } from 'vitest'
import { readEventStream, type StreamMessage } from '../../src/live/read-event-stream.ts'

/** Every message of a stream that comes in these pieces. */
async function read(pieces: readonly (string | Uint8Array)[]): Promise<readonly StreamMessage[]> {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces)
        controller.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece)
      controller.close()
    },
  })
  const found: StreamMessage[] = []
  for await (const messages of readEventStream(body)) found.push(...messages)
  return found
}

test('messages are read however they are cut, a letter of several bytes too', async () => {
  const text = 'event: heard\ndata: {"name":"käse"}\n\n:\n\ndata: 1\ndata: 2\n\n'
  const whole = [
    { event: 'heard', data: '{"name":"käse"}' },
    { event: 'message', data: '1\n2' },
  ]
  expect(await read([text])).toEqual(whole)
  const bytes = new TextEncoder().encode(text)
  expect(await read(Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)))).toEqual(whole)
})

test('a message that is cut off is none', async () => {
  expect(await read(['data: 1\n\ndata: 2\n'])).toEqual([{ event: 'message', data: '1' }])
})

test('a message without an end is not held for ever', async () => {
  const piece = `data: ${'x'.repeat(1_000_000)}`
  await expect(read([piece, piece, piece, piece, piece])).rejects.toThrow('without an end')
})
