import { defineConfig, type UserConfig } from 'tsdown'
import { fromExports } from '../../tsdown.base.ts'

// A script is loaded by a plain <script> tag: one file, one scope, nothing to import.
function script(name: string): UserConfig {
  return {
    entry: { [name]: `src/${name}.ts` },
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

const configs: UserConfig[] = defineConfig([
  fromExports(import.meta.url, {
    entry: { index: 'src/index.ts', local: 'src/local.ts' },
    platform: 'browser',
    target: 'es2020',
  }),
  script('attune'),
  script('attune-page'),
])

export default configs
