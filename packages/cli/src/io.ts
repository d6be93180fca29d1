/** Where a command writes: a stream, and what is known of the terminal behind it. */
export interface Output {
  write(text: string): boolean
  once(event: 'drain', listener: () => void): unknown
  readonly isTTY?: boolean | undefined
  /** Width of the terminal in characters. */
  readonly columns?: number | undefined
}

/** What surrounds a command. Commands touch the process only through it, so tests hand in their own. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>
  readonly stdout: Output
  readonly stderr: Output
  readonly env: { readonly [name: string]: string | undefined }
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Resolves with the name of the first signal that asks the process to stop. */
  readonly untilStopped: () => Promise<string>
}

/** Writes text and waits while the reader is slower than we are. */
export async function write(output: Output, text: string): Promise<void> {
  if (text === '' || output.write(text)) return
  await new Promise<void>((resolve) => {
    output.once('drain', resolve)
  })
}
