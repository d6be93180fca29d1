// Size of what runs before every page: core, edge and the Next.js proxy in one minified file, as a host's bundler makes it.
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('../', import.meta.url))
// The bundler that already builds the packages.
const tsdown = realpathSync(join(root, 'node_modules/tsdown/package.json'))
const { rolldown } = await import(pathToFileURL(createRequire(tsdown).resolve('rolldown')).href)

const built = (name) => join(root, 'packages', name)
const EVALUATOR = `export { compileRuleset, decide } from ${JSON.stringify(built('core/dist/index.js'))}`
const EDGE = `export { createPersonalizer } from ${JSON.stringify(built('edge/dist/index.js'))}`
const PROXY = `export { createProxy } from ${JSON.stringify(built('next/dist/proxy.js'))}`

const bundles = [
  { name: 'core: compile and decide', source: EVALUATOR, budget: 8_000 },
  { name: 'core + edge', source: EDGE },
  { name: 'core + edge + next proxy', source: PROXY, budget: 15_000, needs: 'next/dist/proxy.js' },
]

let over = 0
console.log('bundle                        minified      gzip   budget')
for (const { name, source, budget, needs } of bundles) {
  if (needs !== undefined && !existsSync(built(needs))) {
    console.log(`${name.padEnd(28)}  packages/${needs} is not built`)
    over++
    continue
  }
  const { code } = await bundle(source, true)
  const size = gzipSync(code, { level: 9 }).length
  const isOver = budget !== undefined && size > budget
  if (isOver) over++
  const verdict = budget === undefined ? '-' : `${budget} ${isOver ? 'BROKEN' : 'held'}`
  console.log(`${name.padEnd(28)} ${number(code.length)} ${number(size)}   ${verdict}`)
}

// By source folder, from the sources: what to look at when it grows. Bytes before minifying.
console.log('\nwhat is in it (bytes of source kept, before minifying)')
const { modules } = await bundle(
  `export { createPersonalizer } from ${JSON.stringify(built('edge/src/index.ts'))}`,
  false,
)
const folders = new Map()
for (const [id, { renderedLength }] of Object.entries(modules)) {
  const folder = /packages\/(\w+\/)src\/([\w-]+)/.exec(id)
  if (folder === null) continue
  const key = folder[1] + folder[2]
  folders.set(key, (folders.get(key) ?? 0) + renderedLength)
}
for (const [folder, bytes] of [...folders].sort((a, b) => b[1] - a[1]).slice(0, 16))
  console.log(`${folder.padEnd(28)} ${number(bytes)}`)

if (over > 0) process.exitCode = 1

async function bundle(source, minify) {
  const made = await rolldown({
    input: 'entry',
    platform: 'neutral',
    // Packages find each other as a user's would, not by this repository's paths.
    tsconfig: false,
    // The host brings Next.js.
    external: [/^next(\/|$)/, /^react(\/|$)/, /^node:/],
    resolve: {
      conditionNames: ['import', 'default'],
      alias: minify ? {} : { '@attune/core': built('core/src/index.ts') },
    },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? id : null),
        load: (id) => (id === 'entry' ? source : null),
      },
    ],
  })
  const { output } = await made.generate({ format: 'esm', minify })
  await made.close()
  return output[0]
}

function number(value) {
  return String(value).padStart(9)
}
