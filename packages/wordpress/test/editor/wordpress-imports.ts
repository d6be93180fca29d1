import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'

const source = fileURLToPath(new URL('../../src/', import.meta.url))

/** A value that our scripts take from a package of WordPress: `@wordpress/data` and `useSelect`, say. */
export interface WordPressImport {
  readonly module: string
  readonly name: string
}

/** Everything that the scripts of the plugin take from WordPress, each once; types are not among it. */
export function wordpressImports(): readonly WordPressImport[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.d)\.tsx?$/.test(file),
  )
  const all = files.flatMap((file) => importsOf(file, readFileSync(join(source, file), 'utf8')))
  const unique = new Map(all.map((found) => [`${found.module} ${found.name}`, found]))
  return [...unique.values()]
}

function importsOf(file: string, text: string): readonly WordPressImport[] {
  const { module } = parseSync(file, text)
  return module.staticImports.flatMap(({ moduleRequest, entries }) =>
    moduleRequest.value.startsWith('@wordpress/')
      ? entries
          .filter(({ isType }) => !isType)
          .map(({ importName }) => ({ module: moduleRequest.value, name: importName.name ?? 'default' }))
      : [],
  )
}
