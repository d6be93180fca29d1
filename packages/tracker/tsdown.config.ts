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
      ...Object.fromEntries(CONSENT.map((name) => [`consent-${name}`, `src/consent-${name}.ts`])),
    },
    platform: 'browser',
    target: 'es2020',
  }),
  pageScript('attune', 'src/attune.ts'),
  pageScript('attune-page', 'src/attune-page.ts'),
  ...['analytics', 'datalayer'].map(bridge),
  // A browser that is too old for it asks nobody, and so is granted nothing.
  { ...pageScript('attune-consent', 'src/attune-consent.ts'), target: 'es2022' },
  ...FOLLOWED.map((name) => pageScript(`attune-consent-${name}`, `src/attune-consent-${name}.ts`)),
  ...['more', 'forms', 'marks', 'search', 'video'].map(chunk),
])

// A part that attune.js imports when a page has what it watches: a module, since the script itself has no other way in that every
// content security policy knows.
function chunk(name: string): UserConfig {
  return { ...pageScript(`attune-${name}`, `src/attune-${name}.ts`), format: 'esm' }
}

// What other tools call things stands in core, and comes along.
function bridge(name: string): UserConfig {
  return { ...pageScript(`attune-${name}`, `src/attune-${name}.ts`), deps: { alwaysBundle: [/^@attune\//] } }
}

export default configs
