import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of its own; `later` is told how it goes. */
export function makeFolder(later: (remove: () => void) => unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'attune-fault-'))
  later(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
