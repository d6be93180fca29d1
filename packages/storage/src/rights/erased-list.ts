import { readFile } from 'node:fs/promises'
import { openAppendFile } from '../audit/append-file.ts'

/** Somebody who was erased, by the key under which they stood in the store. */
export interface ErasedEntry {
  readonly key: string
  /** When, milliseconds since 1970. */
  readonly at: number
}

/** Who was erased, kept where no backup of the store reaches. */
export interface ErasedList {
  /** Adds entries. Resolves when they are on the disk. */
  add(entries: readonly ErasedEntry[]): Promise<void>
  /** All of them, the oldest first, and how many lines hold none. */
  read(): Promise<{ readonly entries: readonly ErasedEntry[]; readonly damaged: number }>
}

const LINE = /^(\d{1,15}) ([^\s]{1,768})$/

/**
 * Opens a list in a file that only grows: a line for each, its time and its key. The file is made when it is not there, the folder is not: a volume
 * that is missing is found. Several processes may add to one.
 */
export function openErasedList(path: string): ErasedList {
  let last: Promise<unknown> = Promise.resolve()
  const add = async (entries: readonly ErasedEntry[]): Promise<void> => {
    const file = await openAppendFile(path)
    try {
      const size = await file.size()
      // What a crash left of a line is no part of the next.
      const start = size > 0 && (await file.readBefore(size, 1)) !== '\n' ? '\n' : ''
      const lines = entries.map(({ key, at }) => `${at} ${encodeURIComponent(key)}\n`)
      await file.append(start + lines.join(''))
      await file.sync()
    } finally {
      await file.close()
    }
  }
  return {
    add: (entries) => {
      const added = last.then(() => add(entries))
      last = added.catch(() => {})
      return added
    },
    read: async () => {
      const text = await readFile(path, 'latin1').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return ''
        throw error
      })
      const lines = text.split('\n').filter((line) => line !== '')
      const entries = lines.flatMap(parseLine)
      return { entries, damaged: lines.length - entries.length }
    },
  }
}

function parseLine(line: string): readonly ErasedEntry[] {
  const [, at, text] = LINE.exec(line) ?? []
  if (at === undefined || text === undefined) return []
  try {
    return [{ key: decodeURIComponent(text), at: Number(at) }]
  } catch {
    return []
  }
}
