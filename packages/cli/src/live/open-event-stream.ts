import type { ServerResponse } from 'node:http'

/** An answer that goes on, as `text/event-stream`. */
export interface EventStream {
  /** Whether its reader has fallen behind: what is written now would wait in our memory. */
  isBehind(): boolean
  /** Writes messages in one go; `data` is JSON text. */
  write(messages: readonly { readonly event: string; readonly data: string }[]): void
  end(): void
}

// As many bytes wait for a reader.
const MOST_WAITING = 256 * 1_024
// Proxies and readers take a connection for dead that is silent for long.
const BEAT_MS = 10_000

/** Begins such an answer. `onClose` hears when it ended, whoever ended it. */
export function openEventStream(outgoing: ServerResponse, onClose: () => void): EventStream {
  outgoing.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-content-type-options': 'nosniff',
    // nginx would hold it back until a buffer is full.
    'x-accel-buffering': 'no',
  })
  outgoing.flushHeaders()
  const beat = setInterval(() => outgoing.write(':\n\n'), BEAT_MS)
  beat.unref()
  const close = (): void => {
    clearInterval(beat)
    onClose()
  }
  // Who asked may be gone since their token was looked at.
  if (outgoing.closed) setImmediate(close)
  else outgoing.once('close', close)
  return {
    isBehind: () => outgoing.writableLength > MOST_WAITING,
    write: (messages) => {
      if (outgoing.writableEnded) return
      outgoing.write(messages.map(({ event, data }) => `event: ${event}\ndata: ${data}\n\n`).join(''))
    },
    end: () => void outgoing.end(),
  }
}
