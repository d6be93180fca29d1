import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CannotRun } from '../command.ts'
import { describeFileTrouble } from '../streams/file-trouble.ts'

/** A file being read, unpacked when it is gzipped. */
export interface Input {
  /** Of the file as it lies there. */
  readonly totalBytes: number
  /** Of the file as it lies there, so far. */
  bytesRead(): number
  readonly bytes: AsyncIterable<Uint8Array>
}

const CHUNK = 256 * 1024

/** Opens a file; gzip is known by its first bytes, whatever the name. @throws CannotRun when it cannot be read. */
export async function openInput(file: string): Promise<Input> {
  const totalBytes = await sizeOf(file)
  let read = 0

  async function* raw(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) {
      read += chunk.length
      yield chunk
    }
  }

  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      yield* unpack(raw())
    } catch (error) {
      throw new CannotRun(describeDamage(file, error))
    }
  }

  return { totalBytes, bytesRead: () => read, bytes: bytes() }
}

async function sizeOf(file: string): Promise<number> {
  try {
    const found = await stat(file)
    if (!found.isDirectory()) return found.size
  } catch (error) {
    throw new CannotRun(describeFileTrouble(file, error))
  }
  throw new CannotRun(`${JSON.stringify(file)} is a folder. Name a file in it.`)
}

async function* unpack(raw: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const first = await raw.next()
  if (first.done) return
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b
  const whole = startWith(first.value, raw)
  yield* isGzip ? gunzip(whole) : whole
}

function gunzip(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const unpacked = createGunzip({ chunkSize: CHUNK })
  // An error reaches the reader of `unpacked` as well, which is where it is told.
  pipeline(Readable.from(packed), unpacked, () => {})
  return unpacked
}

async function* startWith(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}

function describeDamage(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('Z_')) return `${JSON.stringify(file)} is a damaged gzip file. Fetch it again.`
  return describeFileTrouble(file, error)
}
