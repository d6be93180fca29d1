import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Writes files into a folder of their own, which goes when the test ends, and answers its path. */
export function makeFolder(files: { readonly [name: string]: string | Uint8Array } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'attune-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}
