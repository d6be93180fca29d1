import { minify } from 'terser'
import { defineConfig, type UserConfig } from 'tsdown'
import { fromExports, pageScript } from '../../tsdown.base.ts'

const FOLLOWED = ['google', 'gpp', 'tcf', 'wp']
const CONSENT = ['banner', ...FOLLOWED]

const configs: UserConfig[] = defineConfig([
  fromExports(import.meta.url, {
    entry: {
      index: 'src/index.ts',
      local: 'src/local.ts',
      analytics: 'src/analytics.ts',
      datalayer: 'src/datalayer.ts',
      traits: 'src/traits.ts',
      preferences: 'src/preferences.ts',
      ...Object.fromEntries(CONSENT.map((name) => [`consent-${name}`, `src/consent-${name}.ts`])),
    },
    platform: 'browser',
    target: 'es2020',
  }),
  small('attune'),
  small('attune-page'),
  ...['analytics', 'datalayer'].map(bridge),
  // A browser that is too old for it asks nobody, and so is granted nothing.
  { ...pageScript('attune-consent', 'src/attune-consent.ts'), target: 'es2022' },
  { ...pageScript('attune-preferences', 'src/attune-preferences.ts'), target: 'es2022' },
  pageScript('attune-traits', 'src/attune-traits.ts'),
  ...FOLLOWED.map((name) => pageScript(`attune-consent-${name}`, `src/attune-consent-${name}.ts`)),
  ...['session', 'forms', 'marks', 'search', 'video', 'live'].map(chunk),
])

// A part that attune.js imports when a page has what it watches: a module, since the script itself has no other way in that every
// content security policy knows.
function chunk(name: string): UserConfig {
  return { ...small(`attune-${name}`), format: 'esm' }
}

// Many pages load these. terser saves some 2 % more than the bundler does by itself, which goes first.
function small(name: string): UserConfig {
  const compress = { passes: 3, ecma: 2020, hoist_funs: true, unsafe_arrows: true } as const
  return {
    ...pageScript(name, `src/${name}.ts`),
    minify: { compress: true, mangle: false },
    plugins: {
      name: 'terser',
      async generateBundle(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'chunk') continue
          const { code } = await minify(file.code, { module: true, compress })
          if (code !== undefined) file.code = code
        }
      },
    },
  }
}

// What other tools call things stands in core, and comes along.
function bridge(name: string): UserConfig {
  return { ...pageScript(`attune-${name}`, `src/attune-${name}.ts`), deps: { alwaysBundle: [/^@attune\//] } }
}

export default configs
