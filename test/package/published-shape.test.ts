import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Manifest, readManifests } from '../architecture/source.ts'
import { exportedNames } from './exported-names.ts'
import { installPacked, runIn } from './pack-packages.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'attune-packed-'))
const manifests = [...readManifests()].filter(([, manifest]) => !manifest.private)

beforeAll(() => installPacked(folder))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The entries a program imports: not `./package.json`, not a script for a `<script>` tag. */
function moduleEntries({ exports = {} }: Manifest): readonly string[] {
  return Object.keys(exports).filter((entry) => !/\.(js|json)$/.test(entry))
}

const specifierOf = (name: string, entry: string): string => `${name}${entry.slice(1)}`
const entries = manifests.flatMap(([short, manifest]) =>
  moduleEntries(manifest).map((entry) => ({ short, entry, specifier: specifierOf(manifest.name, entry) })),
)

function inPackage(name: string, ...path: readonly string[]): string {
  return join(folder, 'node_modules', name, ...path)
}

/** A path with a star stands for the files of its folder, of which there must be some. */
function isInPackage(name: string, path: string): boolean {
  const [before = '', after] = path.split('*')
  if (after === undefined) return existsSync(inPackage(name, path))
  const folder = inPackage(name, before)
  return existsSync(folder) && readdirSync(folder).some((file) => file.endsWith(after))
}

test.each(manifests)('%s: every path its package.json names is in the tarball', (_, manifest) => {
  const published = readFileSync(inPackage(manifest.name, 'package.json'), 'utf8')
  // Not the subpaths that `exports` gives names to, only where they lead.
  const paths = [...published.matchAll(/"\.\/([^"]+\.(?:js|ts|json))"(?!:)/g)].map(([, path]) => path ?? '')
  expect(paths.filter((path) => !isInPackage(manifest.name, path))).toEqual([])
  expect(published).not.toContain('workspace:')
})

test.each(manifests)('%s: the tarball holds the build, the licence and nothing else', (_, manifest) => {
  const files = readdirSync(inPackage(manifest.name)).filter(
    (file) => file !== 'node_modules' && file !== 'README.md',
  )
  const schemas = manifest.name === '@attune/core' ? ['schemas'] : []
  expect(files.sort()).toEqual(['LICENSE', 'dist', 'package.json', ...schemas])
})

test.each(entries)(
  '$specifier: Node.js imports it and finds every name its source exports',
  async (wanted) => {
    const source = ['ts', 'tsx']
      .map((ending) =>
        join(root, 'packages', wanted.short, 'src', `${wanted.entry.slice(2) || 'index'}.${ending}`),
      )
      .find((path) => existsSync(path))
    expect(source).toBeDefined()
    expect(await importedNames(wanted.specifier)).toEqual(exportedNames(source ?? ''))
  },
)

// Next.js itself has no exports map, so only bundlers find `next/server`: its adapter is used by no one else.
const ways: readonly (readonly [way: string, only: (short: string) => boolean])[] = [
  ['nodenext', (short) => short !== 'next'],
  ['bundler', () => true],
]

test.each(ways)('types of every entry resolve with moduleResolution %s', async (way, only) => {
  const wanted = entries.filter(({ short }) => only(short))
  const lines = wanted.map(({ specifier }, index) => `export * as entry${index} from '${specifier}'`)
  writeFileSync(join(folder, `${way}.ts`), lines.join('\n'))
  const config = {
    compilerOptions: {
      strict: true,
      noEmit: true,
      target: 'es2023',
      lib: ['es2023', 'dom', 'dom.iterable'],
      module: way === 'nodenext' ? way : 'esnext',
      moduleResolution: way,
      types: ['node'],
      // Ours are checked too; what others' declarations say is not our business.
      skipLibCheck: false,
    },
    files: [`${way}.ts`],
  }
  writeFileSync(join(folder, `tsconfig.${way}.json`), JSON.stringify(config))
  const output = await compile(`tsconfig.${way}.json`)
  expect(output.split('\n').filter((line) => /^(node_modules\/@attune|nodenext|bundler)/.test(line))).toEqual(
    [],
  )
})

test('the command line starts from its tarball', async () => {
  const { bin } = JSON.parse(readFileSync(inPackage('@attune/cli', 'package.json'), 'utf8')) as Manifest
  expect(
    await runIn(folder, process.execPath, [inPackage('@attune/cli', bin?.attune ?? ''), '--help']),
  ).toMatch(/check/)
})

async function compile(config: string): Promise<string> {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  return runIn(folder, process.execPath, [tsc, '-p', config]).catch((error: Error) => error.message)
}

async function importedNames(specifier: string): Promise<readonly string[]> {
  const hook = fileURLToPath(new URL('./resolve-like-a-bundler.mjs', import.meta.url))
  const program = `console.log(JSON.stringify(Object.keys(await import('${specifier}')).sort()))`
  const flags = [
    '--disable-warning=ExperimentalWarning',
    '--import',
    hook,
    '--input-type=module',
    '--eval',
    program,
  ]
  // A contract suite may ask vitest for its context, which only a test run has.
  return JSON.parse(await runIn(folder, process.execPath, flags)) as readonly string[]
}
