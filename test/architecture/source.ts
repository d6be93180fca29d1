import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'

const root = fileURLToPath(new URL('../../', import.meta.url))
const BUILT_OR_INSTALLED = new Set(['node_modules', 'dist', '.next'])

/** A node of the syntax tree: its `type`, and whatever fields that type has. */
export interface SyntaxNode {
  readonly type: string
  readonly [field: string]: unknown
}

/** One file of a package: its path from the root, its text, what it imports and its syntax. */
export interface Source {
  readonly path: string
  readonly text: string
  readonly imports: readonly string[]
  readonly nodes: readonly SyntaxNode[]
}

/** Parses one file. Imports are those of every kind: static, type-only, re-exported, `import()` and `import('x').T`. */
export function parseSource(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text)
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`)
  const nodes = nodesOf(program)
  return { path, text, nodes, imports: nodes.flatMap(importOf) }
}

/** Every TypeScript file below a folder of each package (`src` unless named), parsed. */
export function readSources(folder: 'src' | '' = 'src'): readonly Source[] {
  return packageNames()
    .flatMap((name) => filesBelow(join(root, 'packages', name, folder)))
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => parseSource(relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')))
}

export interface Manifest {
  readonly name: string
  /** Not installed from npm. */
  readonly private?: boolean
  readonly license?: string
  readonly exports?: Readonly<Record<string, unknown>>
  readonly bin?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** The package.json of each package, by folder name. */
export function readManifests(): ReadonlyMap<string, Manifest> {
  const read = (name: string): Manifest =>
    JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')) as Manifest
  return new Map(packageNames().map((name) => [name, read(name)]))
}

/** The folder name of the package a path lies in: `packages/core/src/x.ts` → `core`. */
export function packageOf(path: string): string {
  return path.split('/')[1] ?? ''
}

/** The workspace package an import names (`@attune/core/json` → `core`), or undefined. */
export function packageImported(specifier: string): string | undefined {
  return /^@attune\/([a-z-]+)/.exec(specifier)?.[1]
}

/** The path a relative import names, from the root. */
export function resolveImport(from: string, specifier: string): string {
  return join('/', from, '..', specifier).slice(1)
}

function packageNames(): readonly string[] {
  return readdirSync(join(root, 'packages')).sort()
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (BUILT_OR_INSTALLED.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}

function nodesOf(value: unknown): readonly SyntaxNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf)
  if (!isObject(value)) return []
  const inside = Object.values(value).flatMap(nodesOf)
  return isNode(value) ? [value, ...inside] : inside
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isNode(value: Readonly<Record<string, unknown>>): value is SyntaxNode {
  return typeof value.type === 'string'
}

function importOf(node: SyntaxNode): readonly string[] {
  const { source } = node
  return isObject(source) && typeof source.value === 'string' ? [source.value] : []
}
