import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import {
  type Manifest,
  packageImported,
  packageOf,
  parseSource,
  readManifests,
  readSources,
  type Source,
} from './source.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const WITHOUT_DEPENDENCIES: readonly string[] = ['core', 'tracker', 'edge']
const OTHER_LICENSES: { readonly [name: string]: string } = { wordpress: 'GPL-2.0-or-later' }

type Manifests = ReadonlyMap<string, Manifest>

function foreignLicenses(manifests: Manifests): readonly string[] {
  return [...manifests]
    .filter(([name, { license }]) => license !== (OTHER_LICENSES[name] ?? 'MIT'))
    .map(([name, { license }]) => `${name}: ${license}`)
}

function runtimeDependencies(manifests: Manifests): readonly string[] {
  return WITHOUT_DEPENDENCIES.flatMap((name) => {
    const manifest = manifests.get(name)
    const needed = Object.keys({ ...manifest?.dependencies, ...manifest?.optionalDependencies })
    return needed.filter((needs) => packageImported(needs) === undefined).map((needs) => `${name} → ${needs}`)
  })
}

function undeclaredImports(sources: readonly Source[], manifests: Manifests): readonly string[] {
  return sources.flatMap(({ path, imports }) => {
    const manifest = manifests.get(packageOf(path))
    const declared = Object.keys({ ...manifest?.dependencies, ...manifest?.peerDependencies })
    const isDeclared = (specifier: string): boolean => {
      if (specifier.startsWith('.') || specifier.startsWith(`${manifest?.name}/`)) return true
      if (specifier.startsWith('node:')) return !WITHOUT_DEPENDENCIES.includes(packageOf(path))
      return declared.some((name) => specifier === name || specifier.startsWith(`${name}/`))
    }
    return imports.filter((specifier) => !isDeclared(specifier)).map((specifier) => `${path} → ${specifier}`)
  })
}

function entriesWithoutSource(manifests: Manifests, isThere: (path: string) => boolean): readonly string[] {
  return [...manifests].flatMap(([name, { exports, bin }]) => {
    const built = JSON.stringify({ exports, bin }).matchAll(/"\.\/dist\/([^"]+?)(?:\.d\.ts|\.js)"/g)
    const entries = [...new Set([...built].map(([, entry]) => `packages/${name}/src/${entry}`))]
    return entries.filter((entry) => !isThere(`${entry}.ts`) && !isThere(`${entry}.tsx`))
  })
}

test('every package is under the MIT licence, the plugin under that of WordPress', () => {
  expect(foreignLicenses(readManifests())).toEqual([])
})

test('core, tracker and edge have no runtime dependency', () => {
  expect(runtimeDependencies(readManifests())).toEqual([])
})

test('a package declares what it imports', () => {
  expect(undeclaredImports(readSources(), readManifests())).toEqual([])
})

test('every exported entry has its source', () => {
  expect(entriesWithoutSource(readManifests(), (path) => existsSync(`${root}${path}`))).toEqual([])
})

test('another licence, a dependency, an undeclared import and a missing source are found', () => {
  const edge: Manifest = {
    name: '@attune/edge',
    license: 'ISC',
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './x': './dist/x.js' },
    dependencies: { '@attune/core': 'workspace:*', lodash: '1.0.0' },
  }
  const manifests = new Map([['edge', edge]])
  const text = "import '@attune/core/json'\nimport 'node:fs'\nimport type { R } from 'react'\nimport './b.ts'"
  const sources = [parseSource('packages/edge/src/a.ts', text)]
  expect(foreignLicenses(manifests)).toEqual(['edge: ISC'])
  expect(runtimeDependencies(manifests)).toEqual(['edge → lodash'])
  expect(undeclaredImports(sources, manifests)).toEqual([
    'packages/edge/src/a.ts → node:fs',
    'packages/edge/src/a.ts → react',
  ])
  expect(entriesWithoutSource(manifests, (path) => path.endsWith('index.ts'))).toEqual([
    'packages/edge/src/x',
  ])
})
