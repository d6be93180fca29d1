import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/** Members of a JSON object that nobody has looked at yet. */
export interface Fields {
  readonly [field: string]: unknown
}

/** One named question and its answer; the file's defaults are already under it. */
export interface VectorCase {
  readonly name: string
  readonly fields: Fields
  readonly expect: Fields
}

/** One file: a claim and the cases that prove it. */
export interface VectorFile {
  readonly path: string
  /** The folder it lies in, for example `condition/count`. */
  readonly folder: string
  readonly claim: string
  readonly cases: readonly VectorCase[]
}

/** Reads every file below a folder, in the order of paths. */
export function readVectors(root: string): readonly VectorFile[] {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  )
  return names.sort().map((name) => {
    const path = relative(root, join(root, name)).split(sep).join('/')
    return parseVectors(path, JSON.parse(readFileSync(join(root, name), 'utf8')))
  })
}

/** Lays out one file; throws where it is not what docs/vectors.md says. */
export function parseVectors(path: string, document: Fields): VectorFile {
  const { claim, cases, ...defaults } = document
  if (typeof claim !== 'string' || claim === '') throw new Error(`${path}: a file makes one "claim".`)
  if (!Array.isArray(cases) || cases.length === 0) throw new Error(`${path}: a file has "cases".`)
  const laid = cases.map((fields: Fields) => parseCase(path, defaults, fields))
  const names = laid.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new Error(`${path}: two cases are named "${twice}". Name one differently.`)
  return { path, folder: dirname(path), claim, cases: laid }
}

function parseCase(path: string, defaults: Fields, { name, expect, ...own }: Fields): VectorCase {
  if (typeof name !== 'string' || name === '') throw new Error(`${path}: a case has no "name".`)
  if (typeof expect !== 'object' || expect === null) throw new Error(`${path}: "${name}" expects nothing.`)
  return { name, fields: { ...defaults, ...own }, expect: expect as Fields }
}

/** Throws at the first member that is not known, so that a misspelt field never passes silently. */
export function onlyKnown(object: Fields, known: readonly string[], what: string): void {
  const unknown = Object.keys(object).find((key) => !known.includes(key))
  if (unknown !== undefined) throw new Error(`${what} has no field "${unknown}". Known: ${known.join(', ')}.`)
}
