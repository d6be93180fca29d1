import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './paths.mjs'

// What a build writes or a test needs says nothing about the next build.
const IGNORED = new Set([
  'node_modules',
  'dist',
  'build',
  '.next',
  '.attune',
  'test',
  'next-env.d.ts',
  'ruleset.published.json',
  'tsconfig.tsbuildinfo',
])

/** SHA-256 over names and contents of files and whole folders, in a stable order. Missing paths count as absent. */
export function contentHash(paths, salt = '') {
  const hash = createHash('sha256').update(salt)
  for (const path of paths.filter((path) => existsSync(path)).flatMap(filesIn)) {
    hash.update(`\0${relative(root, path)}\0`).update(readFileSync(path))
  }
  return hash.digest('hex')
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path]
  const names = readdirSync(path).filter((name) => !IGNORED.has(name))
  return names.sort().flatMap((name) => filesIn(join(path, name)))
}
