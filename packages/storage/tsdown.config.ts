import type { UserConfig } from 'tsdown'
import { fromExports } from '../../tsdown.base.ts'

// The worker stands alone: wherever a bundler puts this one file, all that it needs is in it.
const worker: UserConfig = {
  entry: { 'sqlite-worker': 'src/drivers/sqlite-worker.ts' },
  format: 'esm',
  platform: 'node',
  target: 'es2023',
  fixedExtension: false,
  deps: { alwaysBundle: [/^@attune\//] },
  dts: false,
  clean: false,
  logLevel: 'warn',
}

const configs: UserConfig[] = [fromExports(import.meta.url, { platform: 'node' }), worker]

export default configs
