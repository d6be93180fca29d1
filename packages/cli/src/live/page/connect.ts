import { NUMBERS, type Numbers } from '../numbers.ts'
import { readEventStream } from '../read-event-stream.ts'

/** How the connection stands. `again` is when it is tried next, milliseconds since 1970. */
export type ConnectionState =
  | { readonly is: 'live' }
  | { readonly is: 'lost'; readonly again: number }
  | { readonly is: 'refused'; readonly status: number }

/** Who hears of it. */
export interface Listener {
  readonly onNumbers: (numbers: Numbers) => void
  readonly onState: (state: ConnectionState) => void
}

/** A connection that is kept up until it is stopped, or refused. */
export interface Connection {
  /** Tries now, if it is lost. */
  retry(): void
  stop(): void
}

// Numbers come each second; without any for so long the connection is dead, whatever it says itself.
const SILENCE_MS = 8_000
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 15_000

/** Connects to the stream of numbers at `url`, and again whenever it ends. The token goes nowhere else. */
export function connect(url: string, token: string, { onNumbers, onState }: Listener): Connection {
  let isStopped = false
  let wait = FIRST_WAIT
  let timer: ReturnType<typeof setTimeout> | undefined
  let current: AbortController | undefined

  async function listen(abort: AbortController): Promise<number> {
    let silence = setTimeout(() => abort.abort(), SILENCE_MS)
    try {
      const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' }
      const answer = await fetch(url, { headers, signal: abort.signal, cache: 'no-store', redirect: 'error' })
      if (answer.status !== 200 || answer.body === null) return answer.status
      for await (const messages of readEventStream(answer.body)) {
        clearTimeout(silence)
        silence = setTimeout(() => abort.abort(), SILENCE_MS)
        const newest = messages.findLast(({ event }) => event === NUMBERS)
        if (newest === undefined || isStopped) continue
        wait = FIRST_WAIT
        onState({ is: 'live' })
        // Our own collector made it.
        onNumbers(JSON.parse(newest.data) as Numbers)
      }
      return 0
    } catch {
      return 0
    } finally {
      clearTimeout(silence)
      abort.abort()
    }
  }

  async function begin(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    current = new AbortController()
    const status = await listen(current)
    if (isStopped) return
    if (status === 401 || status === 403) return onState({ is: 'refused', status })
    onState({ is: 'lost', again: Date.now() + wait })
    timer = setTimeout(begin, wait)
    wait = Math.min(LONGEST_WAIT, wait * 2)
  }

  void begin()
  return {
    retry: () => {
      if (timer !== undefined) void begin()
    },
    stop: () => {
      isStopped = true
      clearTimeout(timer)
      current?.abort()
    },
  }
}
