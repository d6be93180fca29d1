import type { PageView } from '../observe/observer.ts'

/** What the server answers a message with. */
export interface LiveAnswer {
  readonly n: number
  readonly status: number
  /** Seconds after which to come again. */
  readonly after?: number
  readonly answer: {
    readonly changed?: readonly string[]
    /** Placement → variant, where the batch may have changed one. */
    readonly decisions?: Readonly<Record<string, string>>
    /** What the profile reaches up to by which they were decided. */
    readonly upTo?: string
  }
}

/** A socket to the server. */
export interface Line {
  /** Sends a batch below its head; `undefined` when no answer came, and then the line is cut. */
  say(head: object, batch: string, signal?: AbortSignal | null): Promise<LiveAnswer | undefined>
  close(): void
}

// A server that takes longer is asked by HTTP.
const PATIENCE = 5_000

/** Opens a line with a ticket; hands it over once the server has greeted, and tells when it is gone. */
export function openLine(
  { window, later }: PageView,
  address: string,
  ticket: string,
  greeted: (line: Line) => void,
  gone: () => void,
): () => void {
  const socket = new window.WebSocket(address.replace('http', 'ws'))
  const close = () => socket.close()
  let count = 0
  let hear: (answer?: LiveAnswer) => void = () => {}

  socket.onopen = () => socket.send(JSON.stringify({ ticket }))
  socket.onclose = () => {
    hear()
    gone()
  }
  socket.onmessage = ({ data }) => {
    const answer: LiveAnswer = JSON.parse(data)
    if (answer.n) hear(answer)
    else
      greeted({
        close,
        say: (head, batch, signal) =>
          new Promise((done) => {
            const n = ++count
            const giveUp = () => {
              done(undefined)
              close()
            }
            const cancel = later(giveUp, PATIENCE)
            signal?.addEventListener('abort', giveUp)
            hear = (answer) => {
              // That of an earlier message comes too late.
              if (answer && answer.n !== n) return
              cancel()
              signal?.removeEventListener('abort', giveUp)
              done(answer)
            }
            socket.send(`${JSON.stringify({ n, ...head })}\n${batch}`)
          }),
      })
  }
  return close
}
