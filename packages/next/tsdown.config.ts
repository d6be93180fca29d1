import type { UserConfig } from 'tsdown'
import { fromExports } from '../../tsdown.base.ts'

// File by file: bundling would merge modules and lose each file's own 'use client'.
const config: UserConfig = fromExports(import.meta.url, {
  unbundle: true,
  checks: { moduleLevelDirective: false },
})

export default config
