import { defineConfig, type UserConfig } from 'tsdown'
import { fromExports, pageScript } from '../../tsdown.base.ts'

const configs: UserConfig[] = defineConfig([
  fromExports(import.meta.url, { platform: 'node' }),
  pageScript('live-page', 'src/live/page/main.ts'),
])

export default configs
