import { readFileSync } from 'node:fs'
import { parseSync } from 'oxc-parser'

/** The names of the values (not types) a source file exports, sorted. */
export function exportedNames(path: string): readonly string[] {
  const { module } = parseSync(path, readFileSync(path, 'utf8'))
  const values = module.staticExports.flatMap(({ entries }) => entries).filter(({ isType }) => !isType)
  return values.map(({ exportName }) => exportName.name ?? 'default').sort()
}
