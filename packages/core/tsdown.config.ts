import type { UserConfig } from 'tsdown'
import { fromExports } from '../../tsdown.base.ts'

const config: UserConfig = fromExports(import.meta.url)

export default config
