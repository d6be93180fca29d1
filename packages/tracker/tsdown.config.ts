import { defineConfig, type UserConfig } from 'tsdown'
import { fromExports, pageScript } from '../../tsdown.base.ts'

const configs: UserConfig[] = defineConfig([
  fromExports(import.meta.url, {
    entry: { index: 'src/index.ts', local: 'src/local.ts' },
    platform: 'browser',
    target: 'es2020',
  }),
  pageScript('attune', 'src/attune.ts'),
  pageScript('attune-page', 'src/attune-page.ts'),
])

export default configs
