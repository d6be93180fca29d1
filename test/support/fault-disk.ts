import { execFileSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from './fault-folder.ts'

/** A small disk, which may be filled. */
export interface SmallDisk {
  readonly folder: string
  /** Writes until nothing more goes on it. */
  fill(): void
  /** Makes room again. */
  free(): void
}

const PIECES = [65_536, 4_096, 512, 1]

/** Mounts a disk of some megabytes in memory; only root may. `later` is told how it goes. */
export function mountSmallDisk(megabytes: number, later: (close: () => void) => unknown): SmallDisk {
  const folder = makeFolder(later)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'attune-fault', folder])
  later(() => void execFileSync('umount', ['-l', folder]))
  const filler = join(folder, 'filler')
  return {
    folder,
    fill: () => {
      const file = openSync(filler, 'a')
      // In ever smaller pieces: the last byte goes on it as well.
      for (const size of PIECES) fillWith(file, Buffer.alloc(size))
      closeSync(file)
    },
    free: () => rmSync(filler, { force: true }),
  }
}

function fillWith(file: number, piece: Buffer): void {
  try {
    for (;;) if (writeSync(file, piece) < piece.length) return
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}
