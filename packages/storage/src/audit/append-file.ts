import { open } from 'node:fs/promises'

/** A file that only grows, as far as an audit log needs one. */
export interface AppendFile {
  /** Its length, bytes. */
  size(): Promise<number>
  /** The last `most` bytes before `end`, every byte one character. */
  readBefore(end: number, most: number): Promise<string>
  append(text: string): Promise<void>
  /** Resolves when what was appended is on the disk. */
  sync(): Promise<void>
  truncate(size: number): Promise<void>
  close(): Promise<void>
}

// Only its owner may read who looked at whom.
const OWNER_ONLY = 0o600

/** Opens a file for appending, and makes it when it is not there. */
export async function openAppendFile(path: string): Promise<AppendFile> {
  const file = await open(path, 'a+', OWNER_ONLY)
  return {
    size: async () => (await file.stat()).size,
    readBefore: async (end, most) => {
      const start = Math.max(0, end - most)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start)
      return buffer.toString('latin1', 0, bytesRead)
    },
    append: (text) => file.appendFile(text, 'latin1'),
    sync: () => file.datasync(),
    truncate: (size) => file.truncate(size),
    close: () => file.close(),
  }
}
