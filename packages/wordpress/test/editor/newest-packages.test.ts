import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'
import { wordpressImports } from './wordpress-imports.ts'

const folder = fileURLToPath(new URL('../../node_modules/@wordpress/', import.meta.url))
const installed = new Set(readdirSync(folder).map((name) => `@wordpress/${name}`))
const require = createRequire(import.meta.url)

// What a package offers, as it is written: its code asks for a browser.
function offersOf(module: string): ReadonlySet<string> {
  const folder = join(dirname(require.resolve(`${module}/package.json`)), 'build-module')
  return new Set(exportsOf(join(folder, 'index.mjs')))
}

function exportsOf(file: string): readonly string[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'))
  return module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ exportName, moduleRequest }) => {
      if (exportName.kind === 'Default') return ['default']
      if (exportName.name !== null) return [exportName.name]
      // `export * from` a file of the same package.
      const from = moduleRequest?.value ?? ''
      return from.startsWith('.') ? exportsOf(join(dirname(file), from)) : []
    }),
  )
}

test('what we take from WordPress is still there in its newest packages', () => {
  const imports = wordpressImports().filter(({ module }) => installed.has(module))
  const offers = new Map(
    [...new Set(imports.map(({ module }) => module))].map((name) => [name, offersOf(name)]),
  )
  expect(imports.length).toBeGreaterThan(50)
  expect(imports.filter(({ module, name }) => !offers.get(module)?.has(name))).toEqual([])
})
