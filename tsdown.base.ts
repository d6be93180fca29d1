import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { UserConfig } from 'tsdown'

interface Manifest {
  readonly name: string
  readonly exports?: Readonly<Record<string, unknown>>
  readonly bin?: Readonly<Record<string, string>>
}

/**
 * Builds a package's tsdown config from its own package.json: each `./dist/<entry>.js` named by `exports` or `bin`
 * is built from `src/<entry>.ts` (or `.tsx`), as ESM with declarations.
 * `overrides` win over the defaults. Throws when a named entry has no source.
 */
export function fromExports(configUrl: string, overrides: UserConfig = {}): UserConfig {
  const folder = dirname(fileURLToPath(configUrl))
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  return {
    entry: Object.fromEntries(
      entryNames(manifest).map((entry) => [entry, sourceOf(folder, manifest, entry)]),
    ),
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
    // `.js` and `.d.ts` on every platform: the paths in package.json are written by hand.
    fixedExtension: false,
    dts: true,
    clean: true,
    logLevel: 'warn',
    ...overrides,
  }
}

/**
 * Builds `source` as a script that a plain <script> tag loads, or that is printed into a page: one minified file, one scope, nothing to
 * import.
 */
export function pageScript(name: string, source: string): UserConfig {
  return {
    entry: { [name]: source },
    format: 'iife',
    platform: 'browser',
    target: 'es2020',
    minify: true,
    dts: false,
    clean: false,
    logLevel: 'warn',
    outputOptions: { entryFileNames: '[name].js', comments: false },
  }
}

function entryNames(manifest: Manifest): readonly string[] {
  const targets = [...Object.values(manifest.exports ?? {}), ...Object.values(manifest.bin ?? {})].flatMap(
    pathsIn,
  )
  const names = targets.map((path) => /^\.\/dist\/(.+)\.js$/.exec(path)?.[1])
  return [...new Set(names.filter((name) => name !== undefined))]
}

function pathsIn(target: unknown): readonly string[] {
  if (typeof target === 'string') return [target]
  if (typeof target !== 'object' || target === null) return []
  return Object.values(target).flatMap(pathsIn)
}

function sourceOf(folder: string, manifest: Manifest, entry: string): string {
  const source = [`src/${entry}.ts`, `src/${entry}.tsx`].find((path) => existsSync(join(folder, path)))
  if (source !== undefined) return source
  throw new Error(
    `[build] ${manifest.name}: package.json names ./dist/${entry}.js, but src/${entry}.ts is missing. ` +
      'Add the file, or take the entry out of exports.',
  )
}
