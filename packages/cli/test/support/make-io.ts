import type { Io } from '../../src/io.ts'

/** What surrounds a command in a test, and what it wrote. */
export interface MadeIo {
  readonly io: Io
  readonly out: () => string
  readonly err: () => string
  /** Sends the signal that asks to stop. */
  readonly stop: (signal: string) => void
}

export interface IoOptions {
  /** Standard input, whole or in chunks. */
  readonly stdin?: string | readonly Uint8Array[]
  readonly env?: Io['env']
  readonly isTTY?: boolean
  readonly columns?: number
  /** A clock that moves on by so many milliseconds at each look. */
  readonly tick?: number
}

export function makeIo({ stdin = '', env = {}, isTTY = false, columns, tick = 1 }: IoOptions = {}): MadeIo {
  const written = { out: '', err: '' }
  let time = Date.UTC(2026, 10, 22)
  let stop = (_signal: string): void => {}
  const stopped = new Promise<string>((resolve) => {
    stop = resolve
  })
  const output = (key: 'out' | 'err') => ({
    isTTY,
    columns,
    write(text: string): boolean {
      written[key] += text
      return true
    },
    once: () => undefined,
  })
  const now = (): number => {
    time += tick
    return time
  }
  const io = {
    stdin: chunksOf(stdin),
    stdout: output('out'),
    stderr: output('err'),
    env,
    now,
    untilStopped: () => stopped,
  }
  return { io, out: () => written.out, err: () => written.err, stop }
}

export async function* chunksOf(input: string | readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* typeof input === 'string' ? [new TextEncoder().encode(input)] : input
}
