import type { UserConfig } from 'tsdown'
import { fromExports } from '../../tsdown.base.ts'

const config: UserConfig = fromExports(import.meta.url, { platform: 'node' })

export default config
